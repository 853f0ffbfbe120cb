package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations that stand on the writer's own unacknowledged ones ({@code after}). */
class ChainTest {

    private static void refused(Decision decision, RejectionCode code, String message) {
        RejectedOperation rejection = Workbench.rejected(decision);
        assertThat(rejection.message()).isEqualTo(message);
        assertThat(rejection.code()).isEqualTo(code);
    }

    @Test
    void shouldKeepEachWritersRunsTogetherWhenBothChainBlind() {
        Workbench bench = Workbench.withFile("[]");
        for (int index = 0; index < 3; index++) {
            Long after = index == 0 ? null : (Long) (long) index;
            bench.accept(Workbench.ALICE, 1, after, Workbench.insert(1 + index, "abc".substring(index, index + 1)));
            bench.restart();
            bench.accept(Workbench.BOB, 1, after, Workbench.insert(1 + index, "xyz".substring(index, index + 1)));
        }
        assertThat(bench.text()).isEqualTo("[xyzabc]");
    }

    @Test
    void shouldCountItsOwnTextWhenPositionsStandOnIt() {
        Workbench bench = Workbench.withFile("");
        bench.accept(Workbench.ALICE, 1, Workbench.insert(0, "hello"));
        bench.accept(Workbench.BOB, 1, Workbench.insert(0, "BOB"));
        bench.accept(Workbench.ALICE, 1, 1L, Workbench.edit(new Change(4, 1, "p!")));
        refused(bench.submit(Workbench.ALICE, 1, 2L, Workbench.insert(7, "x")), RejectionCode.OUT_OF_RANGE,
            "position 7 is outside file src/a.rs of length 6 at version 1 after seq 2");
        assertThat(bench.text()).isEqualTo("BOBhellp!");
    }

    @Test
    void shouldRefuseWhenWhatItStandsOnWasRejected() {
        Workbench bench = Workbench.withFile("abc");
        bench.reject(Workbench.ALICE, 1, Workbench.insert(9, "x"));
        refused(bench.submit(Workbench.ALICE, 1, 1L, Workbench.insert(0, "y")), RejectionCode.PRECEDING_REJECTED,
            "seq 2 stands on seq 1, which was rejected");
        refused(bench.submit(Workbench.ALICE, 1, 2L, Workbench.insert(0, "z")), RejectionCode.PRECEDING_REJECTED,
            "seq 3 stands on seq 2, which was rejected");
        bench.accept(Workbench.ALICE, 1, Workbench.insert(0, "w"));
        bench.accept(Workbench.ALICE, 1, 4L, Workbench.insert(1, "v"));
        assertThat(bench.text()).isEqualTo("wvabc");
    }

    @Test
    void shouldRefuseWhenTheContextIsNotOneAWriterCanHave() {
        Workbench bench = Workbench.withFile("abc");
        refused(bench.submit(Workbench.ALICE, 1, 1L, new Operation.Noop()), RejectionCode.BAD_REQUEST,
            "after 1 (expected: from 0 to below seq 1)");
        refused(bench.submit(Workbench.ALICE, 1, -1L, new Operation.Noop()), RejectionCode.BAD_REQUEST,
            "after -1 (expected: from 0 to below seq 2)");
        bench.accept(Workbench.ALICE, 1, 0L, Workbench.insert(0, "3"));
        bench.accept(Workbench.ALICE, 1, 3L, Workbench.insert(1, "4"));
        refused(bench.submit(Workbench.ALICE, 1, 3L, Workbench.insert(1, "5")), RejectionCode.BAD_REQUEST,
            "seq 5 on base 1 after 3 leaves out seq 4, accepted as version 3 (expected: after 4)");
        bench.accept(Workbench.ALICE, 2, 4L, Workbench.insert(2, "6"));
        refused(bench.submit(Workbench.ALICE, 1, 6L, Workbench.insert(1, "7")), RejectionCode.BAD_REQUEST,
            "seq 7 on base 1 after 6 stands on an operation with base 2 (expected: base at least 2)");
        // Two written side by side, then one that claims to stand on both.
        bench.accept(Workbench.ALICE, 2, Workbench.insert(0, "8"));
        refused(bench.submit(Workbench.ALICE, 2, 8L, Workbench.insert(0, "9")), RejectionCode.BAD_REQUEST,
            "seq 9 on base 2 after 8 stands on operations that do not stand on each other (expected: base at least 4)");
        bench.accept(Workbench.ALICE, 4, 8L, Workbench.insert(0, "0"));
        assertThat(bench.text()).isEqualTo("08346abc");
    }

    @Test
    void shouldStandOnTheBaseAloneWhenItHoldsEverything() {
        Workbench bench = Workbench.withFile("abc");
        bench.accept(Workbench.ALICE, 1, Workbench.insert(3, "d"));
        bench.accept(Workbench.BOB, 2, Workbench.insert(0, "B"));
        bench.accept(Workbench.ALICE, 2, 1L, Workbench.insert(4, "e"));
        assertThat(bench.text()).isEqualTo("Babcde");
    }

    @Test
    void shouldKnowItsOwnFilesWhenTheyAreNotInTheBase() {
        Workbench bench = new Workbench();
        bench.accept(Workbench.ALICE, 0, new Operation.Create("a", "1", Workbench.FILE));
        bench.accept(Workbench.ALICE, 0, 1L, new Operation.Edit(FileReference.ofPath("a"),
            List.of(new Change(1, 0, "2"))));
        bench.accept(Workbench.BOB, 2, Workbench.insert(0, "BOB"));
        bench.accept(Workbench.ALICE, 0, 2L, Workbench.insert(2, "3"));
        bench.accept(Workbench.ALICE, 0, 3L, new Operation.Rename(Workbench.byId(), "b"));
        bench.restart();
        refused(bench.submit(Workbench.ALICE, 0, 4L, new Operation.Delete(FileReference.ofPath("a"))),
            RejectionCode.UNKNOWN_FILE, "no file at path a at version 0 after seq 4");
        bench.accept(Workbench.ALICE, 0, 4L, new Operation.Create("a", "new", Workbench.file(2)));
        bench.accept(Workbench.ALICE, 0, 6L, new Operation.Edit(FileReference.ofPath("b"),
            List.of(new Change(3, 0, "4"))));
        assertThat(bench.text()).isEqualTo("BOB1234");
        refused(bench.submit(Workbench.BOB, 0, null, Workbench.insert(0, "x")), RejectionCode.UNKNOWN_FILE,
            "no file " + Workbench.FILE + " at version 0");
    }

    @Test
    void shouldRefusePositionsWhenTheyStandOnAnAnchoredEdit() {
        Workbench bench = Workbench.withFile("old text");
        Operation replace = new Operation.Replace(Workbench.byId(), new Anchor("old", "new", Anchor.Occurrence.ONLY));
        bench.accept(Workbench.ALICE, 1, replace);
        refused(bench.submit(Workbench.ALICE, 1, 1L, Workbench.insert(0, "x")), RejectionCode.BAD_REQUEST,
            "seq 2 stands on seq 1 and so on an anchored edit of file src/a.rs, whose outcome its author cannot know"
                + " (expected: a base that holds it)");
        bench.accept(Workbench.ALICE, 1, 1L, new Operation.Replace(Workbench.byId(),
            new Anchor("new", "newer", Anchor.Occurrence.ONLY)));
        bench.accept(Workbench.ALICE, 3, 3L, Workbench.insert(5, "!"));
        assertThat(bench.text()).isEqualTo("newer! text");
    }

    @Test
    void shouldRefuseWhenTooManyForeignOperationsLieBetween() {
        Workbench bench = Workbench.withFile("", Limits.builder().chainOperationsMax(3).build());
        bench.accept(Workbench.ALICE, 1, Workbench.insert(0, "a"));
        for (int count = 0; count < 3; count++) {
            bench.accept(Workbench.BOB, bench.version(), Workbench.insert(0, "b"));
        }
        bench.accept(Workbench.ALICE, 1, 1L, Workbench.insert(1, "a"));
        bench.accept(Workbench.BOB, bench.version(), Workbench.insert(0, "b"));
        refused(bench.submit(Workbench.ALICE, 1, 2L, Workbench.insert(2, "a")), RejectionCode.LIMIT_REACHED,
            "seq 3 stands on seq 2 with 4 operations between (expected: at most 3, or a base that holds it)");
        bench.accept(Workbench.ALICE, 3, 2L, Workbench.insert(3, "a"));
        assertThat(bench.text()).isEqualTo("bbbbaaa");
    }

    @Test
    void shouldRefuseWhenTheChainBeganBeforeTheKeptHistory() {
        Workbench bench = Workbench.withFile("xyz", Limits.builder().historyVersionsMax(6).build());
        bench.accept(Workbench.BOB, 1, Workbench.insert(0, "1"));
        bench.accept(Workbench.BOB, 2, Workbench.insert(0, "2"));
        bench.accept(Workbench.ALICE, 1, Workbench.insert(3, "a"));
        for (int count = 0; count < 5; count++) {
            bench.accept(Workbench.BOB, bench.version(), new Operation.Noop());
        }
        assertThat(bench.state.oldestBase()).isEqualTo(3);
        refused(bench.submit(Workbench.ALICE, 3, 1L, Workbench.insert(6, "b")), RejectionCode.BASE_TOO_OLD,
            "seq 2 stands on seq 1, written against version 1, older than version 3 (expected: a base that holds it)");
        bench.accept(Workbench.ALICE, 4, Workbench.insert(6, "b"));
        assertThat(bench.text()).isEqualTo("21xyzab");
    }
}
