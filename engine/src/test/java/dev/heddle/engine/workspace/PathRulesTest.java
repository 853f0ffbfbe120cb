package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", ".gitignore", "..a/b..", "...", "a b/ü😀.md", "~", "C:", "-", "a:b*?", "\u0301"})
    void shouldAcceptWhenRelativeAndNormal(String path) {
        assertThatCode(() -> PathRules.check(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/../b", "../a", "a\\b", "a\u0000b",
        "a\nb", "\u007F", "a\u0085", "\uD83D", "a/\uDE00"})
    void shouldRefuseWhenARuleIsBroken(String path) {
        assertThatThrownBy(() -> PathRules.check(path)).isInstanceOf(RejectionException.class)
            .hasMessageStartingWith("path ").hasMessageContaining("(expected: ");
    }

    @Test
    void shouldCountCodePointsWhenLong() {
        assertThatCode(() -> PathRules.check("😀".repeat(1_024))).doesNotThrowAnyException();
        assertThatThrownBy(() -> PathRules.check("😀".repeat(1_025)))
            .hasMessage("path of 1025 code points is too long (expected: at most 1024)");
        assertThatThrownBy(() -> PathRules.check("a".repeat(5_000)))
            .hasMessage("path of 5000 code points is too long (expected: at most 1024)");
        assertThatThrownBy(() -> PathRules.check("a\nb"))
            .hasMessage("path a\uFFFDb holds U+000A (expected: no control character and no backslash)");
    }
}
