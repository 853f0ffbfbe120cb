package dev.heddle.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.schemas.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

    private static final ConfigDef DEFINITION = CommonConfig.define(new ConfigDef())
        .define("heddle.gateway.port", ConfigDef.Type.INT, 8080, ConfigDef.Importance.HIGH, "Port.");

    private static Map<String, String> load(Map<String, String> environment, String... arguments) {
        return ServiceConfig.load(DEFINITION, "heddle.gateway.", environment, List.of(arguments));
    }

    @Test
    void shouldEqualTheCommittedPageWhenGenerated() throws Exception {
        Golden.check("docs/reference/configuration-common.md", """
            # Settings shared by all services

            Generated from `CommonConfig` (module `schemas`); a test fails when this page differs from it.

            A service reads a properties file (`--config FILE` or `HEDDLE_CONFIG_FILE`), then the environment, then
            arguments (`name=value`), each over the one before. The variable `HEDDLE_X_Y` sets `heddle.x.y` or `x.y`;
            `KAFKA_X_Y` does too and yields to it; two underscores stand for one, three for a hyphen. Every setting of
            Kafka's clients may be given as well, security above all (`security.protocol`, `sasl.…`, `ssl.…`), for one
            kind of client alone with the prefix `producer.`, `consumer.` or `admin.`; TLS settings of the registry have
            the prefix `schema.registry.` (`schema.registry.ssl.truststore.location` and so on). The settings in force
            are printed once at start, secrets hidden.

            """ + ConfigMarkdown.table(CommonConfig.define(new ConfigDef())));
    }

    @Test
    void shouldTakeArgumentsOverEnvironmentOverFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("heddle.properties");
        Files.writeString(file, "heddle.shards = 2 \nheddle.gateway.port=1\nbootstrap.servers=file:1\nclient.id=ü\n");
        Map<String, String> settings = load(
            Map.of("HEDDLE_CONFIG_FILE", file.toString(), "HEDDLE_GATEWAY_PORT", "2",
                "HEDDLE_BOOTSTRAP_SERVERS", "e:2"),
            "--heddle.gateway.port=3");
        assertThat(settings).containsEntry("heddle.shards", "2").containsEntry("heddle.gateway.port", "3")
            .containsEntry("bootstrap.servers", "e:2").containsEntry("client.id", "ü");
    }

    @Test
    void shouldMapVariablesToNames() {
        Map<String, String> settings = load(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_BOOTSTRAP_SERVERS", "k:1",
            "HEDDLE_BOOTSTRAP_SERVERS", "h:1", "HEDDLE_PRODUCER_LINGER_MS", "3", "HEDDLE_SASL_MY__OWN___NAME", "x",
            "HEDDLE_SNAPSHOTTER_PORT", "1", "PATH", "/bin", "HEDDLE_SCHEMA_REGISTRY_URL", "http://r"));
        assertThat(settings).containsOnly(Map.entry("security.protocol", "SSL"), Map.entry("bootstrap.servers", "h:1"),
            Map.entry("producer.linger.ms", "3"), Map.entry("sasl.my_own-name", "x"),
            Map.entry("schema.registry.url", "http://r"));
    }

    @Test
    void shouldNameTheProblemWhenSettingsCannotBeRead() {
        assertThatThrownBy(() -> load(Map.of(), "heddle.gateway.prt=1")).isInstanceOf(ConfigException.class)
            .hasMessageContaining("heddle.gateway.prt").hasMessageContaining("heddle.gateway.port");
        assertThatThrownBy(() -> load(Map.of(), "--verbose")).isInstanceOf(ConfigException.class)
            .hasMessageContaining("--verbose (expected: --config FILE, name=value or --name=value)");
        assertThatThrownBy(() -> load(Map.of(), "--config", "/no/such/file")).isInstanceOf(ConfigException.class)
            .hasMessageContaining("/no/such/file");
        assertThatThrownBy(() -> load(Map.of(), "--config")).isInstanceOf(ConfigException.class);
        assertThat(load(Map.of(), "heddle.snapshotter.port=1")).as("others' settings").hasSize(1);
    }

    @Test
    void shouldHideSecretsWhenShowingWhatIsInForce() {
        String shown = ServiceConfig.effective(DEFINITION, Map.of("bootstrap.servers", "b:1",
            "schema.registry.url", "http://r", "basic.auth.user.info", "ada:geheim", "ssl.key.password", "geheim",
            "sasl.jaas.config", "x password=geheim", "producer.ssl.keystore.key", "geheim", "client.id", "c"));
        assertThat(shown).doesNotContain("geheim").contains("basic.auth.user.info = [hidden]\n")
            .contains("bootstrap.servers = b:1\n").contains("client.id = c\n")
            .contains("heddle.gateway.port = 8080 (default)\n").contains("heddle.shards = 4 (default)\n");
    }

    @Test
    void shouldHandClientSettingsToTheClientTheyAreFor() {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "b:1", "acks", "1",
            "producer.acks", "all", "consumer.fetch.min.bytes", "7", "security.protocol", "SSL",
            "sasl.own.handler", "x", "heddle.shards", "4", "schema.registry.url", "http://r"));
        assertThat(KafkaClientSettings.producer(settings)).containsOnly(Map.entry("bootstrap.servers", "b:1"),
            Map.entry("acks", "all"), Map.entry("security.protocol", "SSL"), Map.entry("sasl.own.handler", "x"));
        assertThat(KafkaClientSettings.consumer(settings)).containsEntry("fetch.min.bytes", "7")
            .doesNotContainKey("acks");
        assertThat(KafkaClientSettings.admin(settings)).containsOnlyKeys("bootstrap.servers", "security.protocol",
            "sasl.own.handler");
    }

    @Test
    void shouldRefuseNumbersOfShardsThatTopicNamesCannotHold() {
        assertThatThrownBy(() -> DEFINITION.parse(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r",
            "heddle.shards", "101"))).isInstanceOf(ConfigException.class).hasMessageContaining("heddle.shards");
    }
}
