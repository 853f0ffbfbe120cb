package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.schemas.config.ConfigMarkdown;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    void shouldNameTheSettingWhenItIsMissingOrNotAllowed() {
        assertThatThrownBy(() -> new GatewayConfig(Map.of())).isInstanceOf(ConfigException.class)
            .hasMessageContaining("bootstrap.servers");
        assertThatThrownBy(() -> new GatewayConfig(TestGateway.settings(Map.of(GatewayConfig.PORT, "70000"))))
            .isInstanceOf(ConfigException.class).hasMessageContaining(GatewayConfig.PORT);
    }

    @Test
    void shouldEndEveryNameWithItsUnit() {
        for (ConfigDef.ConfigKey key : GatewayConfig.definition().configKeys().values()) {
            boolean number = key.type == ConfigDef.Type.LONG || key.type == ConfigDef.Type.INT;
            if (key.name.startsWith(GatewayConfig.PREFIX) && number && !key.name.equals(GatewayConfig.PORT)) {
                assertThat(key.name).matches(".*\\.(ms|bytes|max)$");
            }
            assertThat(key.documentation).as(key.name).isNotBlank();
        }
    }

    @Test
    void shouldMatchTheReferencePages() {
        Golden.assertMatches("docs/reference/configuration-gateway.md", """
            # Settings of the gateway

            Generated from `GatewayConfig`. A file (`--config FILE`), the environment (`HEDDLE_GATEWAY_PORT`
            for `heddle.gateway.port`) and arguments (`name=value`) are read in that order, the later over the earlier.
            Settings of Kafka's clients may be given by their own names, or with `producer.`, `consumer.` or `admin.`
            before them; what the gateway's promises rest on (`acks=all`, idempotence, no linger) cannot be changed.

            """ + ConfigMarkdown.table(GatewayConfig.definition()));
        Golden.assertMatches("docs/reference/limits.md", LimitsPage.text());
    }
}
