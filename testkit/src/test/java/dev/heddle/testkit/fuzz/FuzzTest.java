package dev.heddle.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.teststack.Seeds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever arrives, it is answered or refused by its typed error, and a refusal changes nothing.
 * Method: mutations of a saved corpus; a short run in each build, {@code -Dheddle.fuzz.executions=n} for a long one.
 */
class FuzzTest {

    private static final long EXECUTIONS = Long.getLong("heddle.fuzz.executions", 8_000L * Targets.all().size());

    static Stream<FuzzTarget> targets() {
        return Targets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(36_000)
    void shouldAnswerOrNameTheErrorWhateverArrives(FuzzTarget target) {
        Fuzzer fuzzer = new Fuzzer(target, Seeds.seed("fuzz " + target.name()), System::nanoTime);
        fuzzer.replay();
        fuzzer.run(EXECUTIONS / Targets.all().size());
        System.out.println(fuzzer);
        assertThat(fuzzer.kinds()).as("kinds of answers").isGreaterThan(2);
    }

    @Test
    void shouldReportTheInputWhenAReaderThrowsSomethingElse() {
        FuzzTarget broken = new FuzzTarget() {
            @Override
            public String name() {
                return "keys";
            }

            @Override
            public boolean text() {
                return true;
            }

            @Override
            public String run(byte[] input) {
                return String.valueOf(input[3]);
            }
        };
        Fuzzer fuzzer = new Fuzzer(broken, 7, () -> 0);
        fuzzer.replay();
        assertThatThrownBy(() -> fuzzer.run(10_000)).isInstanceOf(Fuzzer.Finding.class)
            .hasMessageContaining("ArrayIndexOutOfBoundsException").hasMessageContaining("keys threw");
    }

    @Test
    void shouldHaveACorpusForEachTarget() {
        assertThat(Targets.all()).allSatisfy(target -> assertThat(Fuzzer.saved(target)).hasSizeGreaterThan(5));
        assertThat(Targets.all().stream().map(FuzzTarget::name)).doesNotHaveDuplicates();
        assertThat(List.copyOf(Targets.all())).hasSize(8);
    }
}
