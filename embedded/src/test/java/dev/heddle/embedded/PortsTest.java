package dev.heddle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldNameThePortWhenItIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort()))
                .isInstanceOf(PortInUseException.class)
                .hasMessage("port " + taken.getLocalPort() + " on 127.0.0.1 is already in use")
                .extracting(e -> ((PortInUseException) e).port()).isEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void shouldRefuseAPortThatIsTakenOnAllInterfaces() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort())).isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void shouldNeverGiveAPortTwice() {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(Ports.free())).isTrue();
        }
    }

    @Test
    void shouldGivePortsThatNoConnectionTakes() {
        for (int i = 0; i < 100; i++) {
            assertThat(Ports.free()).isBetween(12_000, 31_999);
        }
    }

    @Test
    void shouldGivePortsThatCanBeListenedOn() {
        assertThatCode(() -> Ports.requireFree(Ports.free())).doesNotThrowAnyException();
    }
}
