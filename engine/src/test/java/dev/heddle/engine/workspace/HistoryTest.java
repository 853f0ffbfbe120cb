package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The history that is not held in memory is asked for, no further than needed, and never taken on trust. */
class HistoryTest {

    private static Workbench bench() {
        Workbench bench = Workbench.withFile("0");
        for (int count = 1; count < 20; count++) {
            bench.accept(Workbench.BOB, bench.version(), Workbench.insert(0, "" + count % 10));
        }
        return bench;
    }

    private static WorkspaceState restored(Workbench bench, int hot, HistoryReader reader) {
        return WorkspaceState.restore(bench.state.checkpoint(),
            bench.limits.toBuilder().historyVersionsHot(hot).build(), reader);
    }

    private static Decision stale(Workbench bench, WorkspaceState state, long base) {
        return Sequencer.decide(state, bench.submission(Workbench.ALICE, 1, base, null, Workbench.insert(0, "x")));
    }

    @Test
    void shouldNameTheVersionWhenTheHistoryDoesNotHoldIt() {
        Workbench bench = bench();
        List<HistoryReader> readers = List.of(version -> null, version -> bench.read(version - 1), version -> {
            throw new NoSuchElementException("trimmed");
        });
        List<String> reasons = List.of("the history has nothing in its place",
            "the history has version 19 in its place", "not in the history (trimmed)");
        for (int index = 0; index < readers.size(); index++) {
            WorkspaceState state = restored(bench, 100, readers.get(index));
            assertThatExceptionOfType(CorruptLogException.class).isThrownBy(() -> stale(bench, state, 10))
                .withMessage("canonical log is corrupt at version 20: " + reasons.get(index))
                .satisfies(e -> assertThat(e.version()).isEqualTo(20));
            assertThat(stale(bench, state, 20)).isInstanceOf(Decision.Accepted.class);
        }
    }

    /** With room for all it is read once; with little room each time, and the answer is the same. */
    @Test
    void shouldReadNoFurtherThanTheBaseAndOnceWhereThereIsRoom() {
        Workbench bench = bench();
        for (int hot : new int[] {1, 5, 100}) {
            List<Long> read = new ArrayList<>();
            WorkspaceState state = restored(bench, hot, version -> {
                read.add(version);
                return bench.read(version);
            });
            Decision first = stale(bench, state, 12);
            assertThat(read).as("hot " + hot).startsWith(20L, 19L, 18L).endsWith(13L).hasSize(8);
            assertThat(stale(bench, state, 12)).isEqualTo(first);
            assertThat(read).as("the same again").hasSize(8);
            assertThat(Workbench.accepted(stale(bench, state, 16)).operation()).isEqualTo(
                Workbench.accepted(stale(bench, bench.state, 16)).operation());
            assertThat(first).isEqualTo(stale(bench, bench.state, 12));
        }
    }
}
