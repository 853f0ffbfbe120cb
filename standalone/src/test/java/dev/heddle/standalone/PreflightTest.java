package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreflightTest {

    @Test
    void shouldPassWhenAllPortsAreFree() {
        assertThatCode(() -> Preflight.check(settings(Ports.free(), Ports.free(), Ports.free())))
            .doesNotThrowAnyException();
    }

    @Test
    void shouldNameEveryTakenPortAndItsFlag() throws IOException {
        try (ServerSocket one = listen(); ServerSocket two = listen()) {
            assertThatThrownBy(
                () -> Preflight.check(settings(one.getLocalPort(), Ports.free(), two.getLocalPort())))
                .isInstanceOf(Complaint.class)
                .hasMessage("port " + one.getLocalPort()
                    + " on 127.0.0.1 is already in use; stop what uses it or choose another with --port\n"
                    + "port " + two.getLocalPort()
                    + " on 127.0.0.1 is already in use; stop what uses it or choose another with --registry-port");
        }
    }

    @Test
    void shouldRefuseOnePortForTwoParts() {
        int port = Ports.free();

        assertThatThrownBy(() -> Preflight.check(settings(port, port, Ports.free())))
            .hasMessage("--kafka-port and --port are both " + port + "; give each a port of its own");
    }

    @Test
    void shouldRefuseNumbersThatAreNoPorts() {
        assertThatThrownBy(() -> Preflight.check(settings(0, 70_000, Ports.free())))
            .hasMessage("--port 0 is not a port (expected: 1 to 65535)\n"
                + "--kafka-port 70000 is not a port (expected: 1 to 65535)");
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    private static DevSettings settings(int port, int kafkaPort, int registryPort) {
        return new DevSettings(port, kafkaPort, registryPort, Path.of("unused"), false);
    }
}
