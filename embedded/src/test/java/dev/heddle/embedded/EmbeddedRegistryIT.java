package dev.heddle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT {

    private static final String SCHEMA =
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"A\\\",\\\"fields\\\":[]}\"}";

    @TempDir
    private Path temp;

    @Test
    void shouldKeepSchemasWhenRestarted() throws Exception {
        String id;
        try (EmbeddedRegistry first = EmbeddedRegistry.builder(temp).start()) {
            id = register(first);
        }

        try (EmbeddedRegistry second = EmbeddedRegistry.builder(temp).start()) {
            assertThat(get(second, "/subjects")).contains("\"a\"");
            assertThat(register(second)).isEqualTo(id);
        }
    }

    @Test
    void shouldKeepAnAnsweredSchemaWhenKilled() throws Exception {
        EmbeddedRegistry first = EmbeddedRegistry.builder(temp).start();
        String id = register(first);
        ProcessHandle child = ProcessHandle.of(first.processId()).orElseThrow();
        child.destroyForcibly();
        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(first.alive()).isFalse();
        first.close();

        try (EmbeddedRegistry second = EmbeddedRegistry.builder(temp).start()) {
            assertThat(register(second)).isEqualTo(id);
        }
    }

    @Test
    void shouldStopTheChildWhenClosed() {
        EmbeddedRegistry registry = EmbeddedRegistry.builder(temp).start();

        registry.close();

        assertThat(registry.alive()).isFalse();
        assertThat(ProcessHandle.of(registry.processId()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void shouldLeaveNoChildWhenTheParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            "-D" + EmbeddedRegistry.HOME_PROPERTY + "=" + System.getProperty(EmbeddedRegistry.HOME_PROPERTY),
            StartRegistryMain.class.getName(), temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly();

            child.onExit().get(30, TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedRegistry.builder(temp).port(taken.getLocalPort()).start())
                .isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void shouldNameTheLogFileWhenTheChildEndsEarly() {
        try (EmbeddedRegistry holder = EmbeddedRegistry.builder(temp).start()) {
            Path log = temp.resolve("second.log");

            assertThatThrownBy(() -> EmbeddedRegistry.builder(temp).logFile(log).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("registry ended with exit code 1")
                .hasMessageContaining(log.toString());
            assertThat(holder.alive()).isTrue();
        }
    }

    @Test
    void shouldSayWhatIsExpectedWhenTheHomeIsWrong() {
        assertThatThrownBy(() -> EmbeddedRegistry.builder(temp).home(temp).start())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("registry home " + temp + " holds no *-runner.jar");
    }

    private static String register(EmbeddedRegistry registry) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/a/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(SCHEMA)).build();
        return send(request);
    }

    private static String get(EmbeddedRegistry registry, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(registry.url() + path)).build());
    }

    private static String send(HttpRequest request) throws Exception {
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
