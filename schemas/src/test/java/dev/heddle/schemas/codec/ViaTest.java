package dev.heddle.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViaTest {

    private static final String TOPIC = "heddle.ops.00.demo";
    private static final byte[] VALUE = {0, 0, 0, 0, 1, 42};

    private static byte[] key(String text) {
        return text.repeat(32).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldTakeAWriterAtItsWordWhenNobodyHasAKey() {
        assertThat(Via.UNSIGNED.of(TOPIC, Via.UNSIGNED.header(TOPIC, VALUE), VALUE)).isEqualTo(Via.GATEWAY);
        assertThat(Via.UNSIGNED.of(TOPIC, null, VALUE)).isEqualTo(Via.KAFKA);
        assertThat(Via.UNSIGNED.of(TOPIC, "anything".getBytes(StandardCharsets.US_ASCII), VALUE)).isEqualTo(Via.KAFKA);
        Via gateway = Via.signed(List.of(key("a")));
        assertThat(Via.UNSIGNED.of(TOPIC, gateway.header(TOPIC, VALUE), VALUE)).isEqualTo(Via.GATEWAY);
    }

    @Test
    void shouldTellAGatewayByItsSignatureAloneWhenThereIsAKey() {
        Via installation = Via.signed(List.of(key("a")));
        byte[] header = installation.header(TOPIC, VALUE);
        assertThat(installation.of(TOPIC, header, VALUE)).isEqualTo(Via.GATEWAY);
        assertThat(installation.of(TOPIC, Via.UNSIGNED.header(TOPIC, VALUE), VALUE)).isEqualTo(Via.KAFKA);
        assertThat(installation.of(TOPIC, Via.signed(List.of(key("b"))).header(TOPIC, VALUE), VALUE))
            .isEqualTo(Via.KAFKA);
        assertThat(installation.of("heddle.ops.00.other", header, VALUE)).isEqualTo(Via.KAFKA);
        byte[] changed = VALUE.clone();
        changed[5]++;
        assertThat(installation.of(TOPIC, header, changed)).isEqualTo(Via.KAFKA);
        for (String garbage : List.of("", "gateway hmac-sha256=", "gateway hmac-sha256=\u0000!", "x".repeat(500))) {
            assertThat(installation.of(TOPIC, garbage.getBytes(StandardCharsets.ISO_8859_1), VALUE)).as(garbage)
                .isEqualTo(Via.KAFKA);
        }
    }

    @Test
    void shouldTakeOldSignaturesWhileKeysAreExchanged() {
        byte[] old = Via.signed(List.of(key("a"))).header(TOPIC, VALUE);
        Via both = Via.signed(List.of(key("b"), key("a")));
        assertThat(both.of(TOPIC, old, VALUE)).isEqualTo(Via.GATEWAY);
        assertThat(both.header(TOPIC, VALUE)).isEqualTo(Via.signed(List.of(key("b"))).header(TOPIC, VALUE));
    }

    @Test
    void shouldNameSettingAndFileWhenTheKeyIsUnusable(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key");
        assertThatThrownBy(() -> Via.ofFile("the.setting", file.toString())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("the.setting").hasMessageContaining(file.toString());
        Files.writeString(file, "short\n");
        assertThatThrownBy(() -> Via.ofFile("the.setting", file.toString())).hasMessageContaining("5 bytes");
        Files.writeString(file, "\n\n");
        assertThatThrownBy(() -> Via.ofFile("the.setting", file.toString())).hasMessageContaining("no key");
        Files.writeString(file, "a".repeat(32) + "\n\n" + "b".repeat(32) + "\n");
        assertThat(Via.ofFile("the.setting", file.toString()).header(TOPIC, VALUE))
            .isEqualTo(Via.signed(List.of(key("a"))).header(TOPIC, VALUE));
        assertThat(Via.ofFile("the.setting", null)).isSameAs(Via.UNSIGNED);
    }
}
