package dev.heddle.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void shouldNameTheOriginOnceWhenItSaysSomethingElse() {
        Exception full = new java.io.IOException("No space left on device");
        assertThat(Reasons.of(new IllegalStateException("cannot open store", new RuntimeException(full))))
            .isEqualTo("cannot open store: No space left on device");
        assertThat(Reasons.of(new RuntimeException(full))).isEqualTo("java.io.IOException: No space left on device");
        assertThat(Reasons.of(full)).isEqualTo("No space left on device");
        assertThat(Reasons.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
