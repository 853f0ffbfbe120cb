package dev.heddle.schemas.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            byte[] body = "{\"feeds\":\"not following yet\"}".getBytes();
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/health/ready";
    }

    @Test
    void shouldBeWellOnlyWhenTheAnswerIs200() {
        assertThat(HealthProbe.well(address())).isTrue();
        status.set(503);
        assertThat(HealthProbe.well(address())).isFalse();
        status.set(204);
        assertThat(HealthProbe.well(address())).isFalse();
    }

    @Test
    void shouldNotBeWellWhenNobodyListensOrTheAddressIsNone() {
        String address = address();
        server.stop(0);
        assertThat(HealthProbe.well(address)).isFalse();
        assertThat(HealthProbe.well("ftp ://")).isFalse();
        assertThat(HealthProbe.well("file:/etc/hostname")).isFalse();
    }
}
