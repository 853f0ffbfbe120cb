package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The published contracts against the server: what they name exists, and what exists they name. */
class ContractsTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static JsonNode document(String name) throws IOException {
        return YAML.readTree(Path.of(System.getProperty("heddle.root"), "docs", "reference", name).toFile());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    @Test
    void shouldServeEveryCallOfTheDocumentAndNoOtherMethod() throws IOException {
        JsonNode paths = document("openapi.yaml").path("paths");
        try (TestGateway gateway = new TestGateway(Map.of())) {
            gateway.create("contract");
            gateway.call("PUT", "/api/workspaces/contract/files/a.txt", "text");
            paths.properties().forEach(entry -> {
                String address = entry.getKey().replace("{workspace}", "contract").replace("{path}", "a.txt");
                for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
                    boolean documented = entry.getValue().has(method.toLowerCase(Locale.ROOT));
                    if (documented && !method.equals("DELETE")) {
                        HttpResponse<String> response = gateway.call(method, address, body(address));
                        assertThat(response.body()).as("%s %s", method, address).doesNotContain("\"NOT_FOUND\"")
                            .doesNotContain("METHOD_NOT_ALLOWED").doesNotContain("\"INTERNAL\"");
                    } else if (!documented && !address.endsWith("/socket") && !address.contains("/files/")) {
                        assertThat(gateway.call(method, address, body(address)).statusCode())
                            .as("%s %s", method, address).isIn(404, 405);
                    }
                }
            });
        }
    }

    private static String body(String address) {
        return address.endsWith("rename") ? "{\"to\":\"a.txt\"}" : address.endsWith("workspaces")
            ? "{\"name\":\"contract\"}" : "{\"to\":1,\"version\":1}";
    }

    @Test
    void shouldNameEveryMessageCodeAndTopic() throws IOException {
        JsonNode document = document("asyncapi.yaml");
        assertThat(texts(document.at("/components/schemas/RejectionCode/enum")))
            .containsExactlyElementsOf(Arrays.stream(RejectionCode.values()).map(Enum::name).toList());
        List<String> addresses = new ArrayList<>();
        document.path("channels").forEach(channel -> addresses.add(channel.path("address").asText()));
        assertThat(addresses).containsAll(Topics.shared(4).stream().map(TopicSpec::name).toList())
            .contains("heddle.ops.{shard}.{workspace}", "heddle.ops.{shard}", "/api/workspaces/{workspace}/socket")
            .hasSize(9);
        JsonNode messages = document.at("/components/messages");
        for (String type : List.of("hello", "open", "submit", "welcome", "opened", "op", "rejected", "presence",
            "error")) {
            assertThat(messages.has(type)).as(type).isTrue();
        }
    }

    @Test
    void shouldResolveEveryReferenceOfBothDocuments() throws IOException {
        for (String name : List.of("openapi.yaml", "asyncapi.yaml")) {
            JsonNode document = document(name);
            for (JsonNode reference : document.findValues("$ref")) {
                assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as("%s in %s", reference.asText(), name).isFalse();
            }
        }
    }

    @Test
    void shouldShowTheDocumentsAndThePageWithStrictHeaders() {
        try (TestGateway gateway = new TestGateway(Map.of())) {
            HttpResponse<String> index = gateway.call("GET", "/docs/", null);
            assertThat(index.statusCode()).isEqualTo(200);
            assertThat(index.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'").contains("script-src 'self'");
            assertThat(gateway.call("GET", "/docs", null).headers().firstValue("Location")).hasValue("/docs/");
            for (String part : List.of("docs.js", "swagger/swagger-ui-bundle.js", "swagger/swagger-ui.css")) {
                assertThat(index.body()).contains(part);
                assertThat(gateway.call("GET", "/docs/" + part, null).statusCode()).as(part).isEqualTo(200);
            }
            assertThat(gateway.call("GET", "/docs/openapi.yaml", null).body()).startsWith("openapi: 3.1");
            assertThat(gateway.call("GET", "/docs/asyncapi.yaml", null).body()).startsWith("asyncapi: 3");
            HttpResponse<String> page = gateway.call("GET", "/", null);
            assertThat(page.statusCode()).isEqualTo(200);
            String tag = page.headers().firstValue("ETag").orElseThrow();
            assertThat(gateway.call("GET", "/", null, "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(gateway.call("GET", "/../pom.xml", null).statusCode()).isNotEqualTo(200);
            assertThat(gateway.raw("GET /docs/../web/index.html HTTP/1.1").statusCode()).isEqualTo(422);
        }
    }
}
