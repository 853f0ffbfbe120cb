package dev.heddle.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private final Origins loopback = new Origins(List.of(), true);
    private final Origins open = new Origins(List.of("https://app.example.com", "http://other.example:8443"), false);

    @ParameterizedTest
    @CsvSource({"http://localhost:8080,localhost:8080", "http://127.0.0.1:8080,127.0.0.1:8080",
        "http://[::1]:8080,[::1]:8080", "http://localhost,localhost", "http://localhost,localhost:80",
        ",localhost:8080", ",127.0.0.1", "http://heddle.localhost:8080,heddle.localhost:8080"})
    void shouldLetInWhenThePageIsTheGatewaysOwn(String origin, String host) {
        assertThat(loopback.refusal(origin, host)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example,localhost:8080", "null,localhost:8080", "http://localhost:9999,localhost:8080",
        "http://localhost.evil.example:8080,localhost:8080", "http://localhost:8080@evil.example,localhost:8080",
        "file://,localhost:8080", "garbage,localhost:8080", "http://localhost:8080,"})
    void shouldRefuseWhenThePageIsForeign(String origin, String host) {
        assertThat(loopback.refusal(origin, host)).contains("Origin").contains("heddle.gateway.origins.allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8080", "evil.example", "127.0.0.1.evil.example", "10.0.0.1:8080"})
    void shouldRefuseWhenAForeignNameWasMadeToPointToThisMachine(String host) {
        assertThat(loopback.refusal("http://" + host, host)).contains("Host: " + host);
        assertThat(loopback.refusal(null, host)).contains("Host: " + host);
    }

    @Test
    void shouldLetInEveryNameWhenTheGatewayListensToTheNetwork() {
        assertThat(open.refusal(null, "heddle.example.com")).isNull();
        assertThat(open.refusal("https://heddle.example.com", "heddle.example.com")).isNull();
        assertThat(open.refusal("https://evil.example", "heddle.example.com")).contains("Origin");
    }

    @Test
    void shouldLetInListedOriginsExactly() {
        assertThat(open.refusal("https://app.example.com", "heddle.example.com")).isNull();
        assertThat(open.refusal("https://APP.example.com:443", "heddle.example.com")).isNull();
        assertThat(open.refusal("http://app.example.com", "heddle.example.com")).isNotNull();
        assertThat(open.refusal("https://sub.app.example.com", "heddle.example.com")).isNotNull();
        assertThat(open.listed("http://other.example:8443")).isTrue();
        assertThat(open.listed("http://other.example")).isFalse();
        assertThat(open.listed(null)).isFalse();
    }

    @Test
    void shouldLetInBehindAProxyOnThisMachineWhenItsPagesAreListed() {
        Origins proxied = new Origins(List.of("https://heddle.example.com"), true);
        assertThat(proxied.refusal("https://heddle.example.com", "heddle.example.com")).isNull();
        assertThat(proxied.refusal(null, "heddle.example.com")).isNull();
        assertThat(proxied.refusal(null, "evil.example")).isNotNull();
    }

    @Test
    void shouldLetInEveryPageWhenTheSettingSaysSo() {
        Origins all = new Origins(List.of("*"), true);
        assertThat(all.refusal("https://evil.example", "evil.example")).isNull();
        assertThat(all.listed("https://evil.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "https://", "https://example.com/path", "https://example.com?x", ""})
    void shouldNameTheSettingWhenItIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new Origins(List.of(origin), false)).hasMessageContaining("origin: " + origin);
    }
}
