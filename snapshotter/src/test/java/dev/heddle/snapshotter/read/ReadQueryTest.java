package dev.heddle.snapshotter.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadQueryTest {

    private static final ReadLimits LIMITS = new ReadLimits(5_000, 60_000, 10, 100, 1_000);

    private static ReadQuery parse(String name, String value) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        parameters.add(name, value);
        return ReadQuery.parse("w", parameters, LIMITS);
    }

    @Test
    void shouldTakeDefaultsWhenNothingIsAsked() {
        assertThat(ReadQuery.parse("w", MultiMap.caseInsensitiveMultiMap(), LIMITS))
            .isEqualTo(new ReadQuery("w", 0, 0, 5_000, null, null));
    }

    @Test
    void shouldReadNumbersAndTimes() {
        assertThat(parse("version", "41").version()).isEqualTo(41);
        assertThat(parse("minVersion", "7").minVersion()).isEqualTo(7);
        assertThat(parse("minOffset", "9").minOffset()).isEqualTo(9);
        assertThat(parse("waitMs", "0").waitMs()).isZero();
        assertThat(parse("at", "2026-11-20T12:00:00Z").atMs()).isEqualTo(1_795_176_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"version,x,a whole number from 0", "version,-1,a whole number from 0",
        "version,99999999999999999999,a whole number from 0", "waitMs,60001,a whole number from 0 to 60000",
        "minOffset,1.5,a whole number from 0", "at,yesterday,a time in UTC"})
    void shouldNameParameterValueAndRuleWhenAValueIsNotAllowed(String name, String value, String rule) {
        assertThatThrownBy(() -> parse(name, value)).isInstanceOf(ReadException.class)
            .hasMessageContaining(name).hasMessageContaining(value).hasMessageContaining(rule);
    }

    @Test
    void shouldRefuseNamesThatAreNoWorkspaces() {
        assertThatThrownBy(() -> ReadQuery.parse("A/../b", MultiMap.caseInsensitiveMultiMap(), LIMITS))
            .isInstanceOf(ReadException.class).hasMessageContaining("workspace: A/../b");
    }
}
