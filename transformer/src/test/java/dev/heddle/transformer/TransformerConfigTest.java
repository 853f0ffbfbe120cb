package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.config.ConfigMarkdown;
import dev.heddle.services.streams.StoreMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class TransformerConfigTest {

    private static final Map<String, String> LEAST =
        Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "http://localhost:8081");

    private static TransformerConfig config(String... more) {
        Map<String, String> settings = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new TransformerConfig(settings);
    }

    private static Map<String, Object> streams(TransformerConfig config) {
        return StreamsSettings.of(config, (StoreMemory) null, new CommittedOffsets());
    }

    @Test
    void shouldMatchTheReferencePageWhenSettingsChange() {
        Golden.check("configuration-transformer.md", "# Settings of the transformer\n\n"
            + "Generated from `TransformerConfig`. Any other setting of Kafka, such as `security.protocol`, or one with"
            + " the prefix\n`consumer.`, `producer.` or `admin.`, is handed to Kafka Streams as it is. Limits "
            + "say what the log means: transformers\nof one installation that disagree on them write different "
            + "histories.\n\n"
            + ConfigMarkdown.table(TransformerConfig.definition()));
    }

    @Test
    void shouldDocumentEverySettingWhenItIsDefined() {
        TransformerConfig.definition().configKeys().values().forEach(key -> {
            assertThat(key.documentation).as(key.name).isNotBlank().endsWith(".");
            if (key.name.startsWith("heddle.") && key.defaultValue instanceof Number
                && !key.name.endsWith(".port") && !key.name.equals("heddle.shards")) {
                assertThat(key.name).matches(".*\\.(ms|bytes|max)");
            }
        });
    }

    @Test
    void shouldUseTheEnginesOwnLimitsWhenNothingIsSet() {
        assertThat(config().limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config("heddle.file.code.points.max", "7").limits().fileCodePointsMax()).isEqualTo(7);
    }

    @Test
    void shouldNameTheSettingWhenItIsWrong() {
        assertThatThrownBy(() -> config("heddle.shards", "0")).isInstanceOf(ConfigException.class)
            .hasMessageContaining("heddle.shards");
        assertThatThrownBy(() -> config("processing.guarantee", "maybe")).hasMessageContaining("processing.guarantee");
        assertThatThrownBy(() -> new TransformerConfig(Map.of("schema.registry.url", "http://localhost:1")))
            .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void shouldTellStreamsWhatCorrectnessRestsOnWhenSettingsAreMapped() {
        Map<String, Object> streams = streams(config());
        StreamsConfig parsed = new StreamsConfig(streams);

        assertThat(parsed.getString("processing.guarantee")).isEqualTo("at_least_once");
        assertThat(parsed.getLong("max.task.idle.ms")).isEqualTo(-1);
        assertThat(streams).containsEntry("producer.acks", "all").containsEntry("producer.linger.ms", 0)
            .containsEntry("producer.delivery.timeout.ms", Integer.MAX_VALUE)
            .containsEntry("producer.enable.idempotence", true)
            .containsEntry("consumer.auto.offset.reset", "earliest").containsEntry("group.protocol", "classic")
            .containsEntry("metadata.max.age.ms", 500L);
    }

    @Test
    void shouldPassKafkasSettingsOnAndKeepOthersOutWhenOneFileServesAll() {
        Map<String, Object> streams = streams(config("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN",
            "consumer.fetch.max.wait.ms", "7", "heddle.gateway.http.port", "8080", "producer.acks", "0"));

        assertThat(streams).containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "PLAIN")
            .containsEntry("consumer.fetch.max.wait.ms", "7").containsEntry("producer.acks", "all")
            .doesNotContainKeys("heddle.gateway.http.port", "schema.registry.url");
        assertThat(StreamsSettings.admin(config("security.protocol", "SSL"))).containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldExpectLogsFromZeroOnlyWithoutTransactions() {
        assertThat(config().sequencer().ownLogsStartAtZero()).isTrue();
        assertThat(config("processing.guarantee", "exactly_once_v2").sequencer().ownLogsStartAtZero()).isFalse();
    }
}
