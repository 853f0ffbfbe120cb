package dev.heddle.services.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.schemas.runtime.ServiceVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class ServiceInfoTest {

    @Test
    void shouldTellVersionClockAndSharedSettings() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ConfigDef definition = new ConfigDef()
            .define("heddle.shards", ConfigDef.Type.INT, ConfigDef.Importance.HIGH, "");
        ServiceInfo.register(meters, "gateway", new AbstractConfig(definition, Map.of("heddle.shards", "7")),
            List.of("heddle.shards"), () -> 1_500);
        assertThat(meters.get("heddle.build.info").tags("service", "gateway", "version", ServiceVersion.current())
            .gauge().value()).isEqualTo(1);
        assertThat(meters.get("heddle.time.seconds").gauge().value()).isEqualTo(1.5);
        assertThat(meters.get("heddle.setting").tag("name", "heddle.shards").gauge().value()).isEqualTo(7);
    }
}
