package dev.heddle.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Goal: what a body says is taken as it is said, or refused; never as something else. */
class RequestBodiesTest {

    private static ObjectNode json(String text) {
        return RequestBodies.json(text.getBytes(StandardCharsets.UTF_8), 1_000);
    }

    @Test
    void shouldRefuseAVersionWhenItIsLargerThanAnyThereCanBe() {
        assertThat(RequestBodies.version(json("{\"to\":9223372036854775807}"), "to")).isEqualTo(Long.MAX_VALUE);
        // 2^64 + 1, of which the lower 64 bits are version 1.
        assertThatThrownBy(() -> RequestBodies.version(json("{\"to\":18446744073709551617}"), "to"))
            .isInstanceOf(ApiException.class).hasMessage("to: 18446744073709551617 (expected: a version)");
        assertThatThrownBy(() -> UndoRequest.of(json("{\"from\":18446744073709551617}")))
            .isInstanceOf(ApiException.class).hasMessageContaining("expected: a version, from 1");
    }
}
