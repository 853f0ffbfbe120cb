package dev.heddle.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.heddle.schemas.serde.RegistryUnavailableException;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.teststack.TestCertificate;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry behind TLS and a password, by the settings of the guide on security. */
class RegistryTlsTest {

    @TempDir
    private Path folder;
    private final List<String> passwords = new CopyOnWriteArrayList<>();

    private HttpsServer registry(TestCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            store.load(in, TestCertificate.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, TestCertificate.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            passwords.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void shouldTrustTheRegistryByItsOwnSettingsAndNoOther() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "registry");
        TestCertificate other = TestCertificate.make(folder, "other");
        HttpsServer server = registry(certificate);
        try {
            Schema schema = SchemaRegistration.records().get(0);
            assertThat(client(server, certificate).lookUp(schema.getFullName(), schema)).isEqualTo(7);
            assertThat(passwords).containsExactly("Basic YWRhOnNlY3JldA==");
            assertThatThrownBy(() -> client(server, other).lookUp(schema.getFullName(), schema))
                .isInstanceOf(RegistryUnavailableException.class);
        } finally {
            server.stop(0);
        }
    }

    private static SchemaRegistryClient client(HttpsServer server, TestCertificate trusted) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", "https://localhost:" + server.getAddress().getPort());
        settings.put("basic.auth.user.info", "ada:secret");
        settings.put("schema.registry.ssl.truststore.location", trusted.keyStore().toString());
        settings.put("schema.registry.ssl.truststore.password", TestCertificate.PASSWORD);
        settings.put("schema.registry.ssl.truststore.type", "PKCS12");
        settings.put("max.retries", 0);
        return SchemaRegistryClient.create(settings);
    }
}
