package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.teststack.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway over TLS with certificates made here. */
class GatewayTlsTest {

    @TempDir
    private Path folder;

    private static int status(TestGateway gateway, TestCertificate trusted) throws Exception {
        URI address = URI.create("https://localhost:" + gateway.server.port() + "/health/live");
        return client(trusted).send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
            .statusCode();
    }

    private static HttpClient client(TestCertificate trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trusting()).build();
    }

    @Test
    void shouldServeCallsAndSocketsOverTlsAndTakeANewCertificate() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "first");
        TestCertificate second = TestCertificate.make(folder, "second");
        Path certificate = Files.copy(first.certificate(), folder.resolve("tls.crt"));
        Path key = Files.copy(first.key(), folder.resolve("tls.key"));
        try (TestGateway gateway = new TestGateway(Map.of(GatewayConfig.TLS_CERTIFICATE_FILE, certificate.toString(),
            GatewayConfig.TLS_KEY_FILE, key.toString(), AccessConfig.REFRESH_MS, "50"))) {
            assertThat(status(gateway, first)).isEqualTo(200);
            assertThatThrownBy(() -> status(gateway, second)).isInstanceOf(SSLException.class);
            URI socket = URI.create("wss://localhost:" + gateway.server.port() + "/api/workspaces/none/socket");
            WebSocket open = client(first).newWebSocketBuilder().subprotocols("heddle.v1")
                .buildAsync(socket, new WebSocket.Listener() { }).get(20, TimeUnit.SECONDS);
            assertThat(open.getSubprotocol()).isEqualTo("heddle.v1");
            open.abort();
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + gateway.server.port() + "/health/live")).build(),
                HttpResponse.BodyHandlers.ofString())).isInstanceOf(IOException.class);

            Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Awaitility.await().ignoreExceptions().until(() -> status(gateway, second) == 200);
        }
    }

    @Test
    void shouldNameTheSettingWhenFilesAreMissingOrUnusable() throws Exception {
        assertThatThrownBy(() -> new TestGateway(Map.of(GatewayConfig.TLS_KEY_FILE, "key"))).hasMessageContaining(
            GatewayConfig.TLS_CERTIFICATE_FILE);
        assertThatThrownBy(() -> new TestGateway(Map.of(GatewayConfig.TLS_KEY_FILE, folder + "/none",
            GatewayConfig.TLS_CERTIFICATE_FILE, folder + "/none"))).hasMessageContaining("none");
        Path garbage = Files.writeString(folder.resolve("garbage"), "no certificate");
        assertThatThrownBy(() -> new TestGateway(Map.of(GatewayConfig.TLS_KEY_FILE, garbage.toString(),
            GatewayConfig.TLS_CERTIFICATE_FILE, garbage.toString()))).hasMessageContaining(garbage.toString());
    }
}
