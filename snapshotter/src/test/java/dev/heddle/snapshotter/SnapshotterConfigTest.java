package dev.heddle.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.schemas.config.ConfigMarkdown;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SnapshotterConfigTest {

    private static final Map<String, String> LEAST =
        Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "http://localhost:8081");

    @Test
    void shouldHaveEverySettingOnTheReferencePage() throws IOException {
        Golden.check("docs/reference/configuration-snapshotter.md", """
            # Settings of the snapshotter

            Generated from `SnapshotterConfig`; a test fails when it differs. Any other Kafka setting is handed on, with
            the prefixes `consumer.`, `producer.` and `admin.` to one kind of client only.

            """ + ConfigMarkdown.table(SnapshotterConfig.definition()));
    }

    @Test
    void shouldDocumentEverySettingWithUnitsAtTheEndOfItsName() {
        for (ConfigDef.ConfigKey key : SnapshotterConfig.definition().configKeys().values()) {
            assertThat(key.documentation).as(key.name).isNotBlank();
            boolean number = key.type == ConfigDef.Type.LONG
                || key.type == ConfigDef.Type.INT && key.name.startsWith("heddle.");
            if (number && !key.name.endsWith(".port") && !key.name.equals("heddle.shards")
                && !key.name.equals("num.stream.threads")) {
                assertThat(key.name).matches(".*\\.(ms|bytes|max)");
            }
        }
    }

    @Test
    void shouldNameTheSettingWhenAValueIsNotAllowed() {
        Map<String, String> settings = new java.util.HashMap<>(LEAST);
        settings.put(SnapshotterConfig.SNAPSHOT_OPERATIONS, "0");
        assertThatThrownBy(() -> new SnapshotterConfig(settings)).isInstanceOf(ConfigException.class)
            .hasMessageContaining("heddle.snapshot.operations.max");
        assertThatThrownBy(() -> new SnapshotterConfig(Map.of())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void shouldTakeTheListenAddressWhenNoHostIsAdvertised() {
        assertThat(new SnapshotterConfig(LEAST).advertisedHost()).isEqualTo("127.0.0.1");
        Map<String, String> settings = new java.util.HashMap<>(LEAST);
        settings.put(SnapshotterConfig.ADVERTISED_HOST, "snap-1");
        assertThat(new SnapshotterConfig(settings).advertisedHost()).isEqualTo("snap-1");
    }
}
