package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a page of another origin can do with a gateway on this machine: nothing, unless its origin is allowed. */
class ForeignPagesTest {

    private static final TestGateway CLOSED = new TestGateway(Map.of());
    private static final TestGateway OPENED =
        new TestGateway(Map.of(AccessConfig.ORIGINS, "https://app.example.com"));
    private static final String FOREIGN = "https://evil.example";
    private static final String ALLOWED = "https://app.example.com";

    static {
        CLOSED.create("pages");
        OPENED.create("pages");
    }

    @AfterAll
    static void stop() {
        CLOSED.close();
        OPENED.close();
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(TestGateway.json(response).path("code").asText()).isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void shouldRefuseTheUpgradeWhenThePageIsForeign() {
        assertThat(CLOSED.upgradeStatus("pages", "localhost:" + CLOSED.server.port(), "Origin: " + FOREIGN))
            .isEqualTo(403);
        assertThat(CLOSED.upgradeStatus("pages", "localhost:" + CLOSED.server.port(), "Origin: null")).isEqualTo(403);
        assertThat(OPENED.upgradeStatus("pages", "localhost:" + OPENED.server.port(), "Origin: " + FOREIGN))
            .isEqualTo(403);
    }

    @Test
    void shouldUpgradeWhenThePageIsTheGatewaysOwnOrAllowed() {
        String own = "localhost:" + CLOSED.server.port();
        assertThat(CLOSED.upgradeStatus("pages", own, "Origin: http://" + own)).isEqualTo(101);
        String opened = "localhost:" + OPENED.server.port();
        assertThat(OPENED.upgradeStatus("pages", opened, "Origin: " + ALLOWED)).isEqualTo(101);
    }

    @Test
    void shouldWriteNothingWhenThePageIsForeign() {
        assertRefused(CLOSED.call("PUT", "/api/workspaces/pages/files/a", "mine now", "Origin", FOREIGN));
        assertRefused(CLOSED.call("POST", "/api/workspaces", "{\"name\":\"mine-now\"}", "Origin", FOREIGN));
        assertRefused(CLOSED.call("POST", "/api/workspaces/pages/revert", "{\"to\":0}", "Origin", FOREIGN));
        assertRefused(CLOSED.call("GET", "/api/workspaces", null, "Origin", FOREIGN));
        assertRefused(CLOSED.call("OPTIONS", "/api/workspaces/pages/files/a", null, "Origin", FOREIGN,
            "Access-Control-Request-Method", "PUT"));
        assertThat(CLOSED.call("GET", "/api/workspaces/pages/files/a", null).statusCode()).isEqualTo(404);
        assertThat(CLOSED.call("GET", "/api/workspaces/mine-now", null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseReadsWhenAForeignNameWasMadeToPointHere() {
        assertRefused(CLOSED.raw("GET /api/workspaces HTTP/1.1", "evil.example:" + CLOSED.server.port()));
    }

    @Test
    void shouldLetAllowedPagesReadAndWriteWhenTheyAskFirst() {
        HttpResponse<String> asked = OPENED.call("OPTIONS", "/api/workspaces/pages/files/a", null, "Origin", ALLOWED,
            "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "content-type, authorization");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ALLOWED);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse("")).contains("PUT");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse("")).contains("authorization");
        HttpResponse<String> put = OPENED.call("PUT", "/api/workspaces/pages/files/a", "text", "Origin", ALLOWED);
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(put.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ALLOWED);
        assertThat(put.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(put.headers().firstValue("Vary").orElse("")).containsIgnoringCase("origin");
    }

    @Test
    void shouldAnswerClientsThatAreNoPagesAsBefore() {
        HttpResponse<String> listed = CLOSED.call("GET", "/api/workspaces", null);
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
