package dev.heddle.services.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

    @Test
    void shouldPassOnWhatKafkaKnowsAndNothingElse() {
        Map<String, Object> given = Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", "a module",
            "main.consumer.fetch.min.bytes", "1",
            "receive.buffer.bytes", "65536",
            "schema.registry.ssl.truststore.location", "registry.p12",
            "heddle.shards", "4",
            "state.dir", "here");
        assertThat(ClientSettings.passedOn(given, Set.of("state.dir"))).containsOnlyKeys("security.protocol",
            "sasl.jaas.config", "main.consumer.fetch.min.bytes", "receive.buffer.bytes");
    }
}
