package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every limit on one operation, its file and its workspace: what is just within it is taken, one more is refused. */
class AtTheLimitTest {

    private static final FileReference A = FileReference.ofPath("src/a.rs");

    private static void within(Workbench bench, Operation operation) {
        bench.accept(Workbench.ALICE, bench.version(), operation);
    }

    private static void beyond(Workbench bench, Operation operation, RejectionCode code) {
        long before = bench.version();
        assertThat(bench.reject(Workbench.ALICE, bench.version(), operation).code()).isEqualTo(code);
        assertThat(bench.version()).isEqualTo(before);
    }

    @Test
    void shouldCountTheTextOfAFile() {
        Workbench bench = Workbench.withFile("😀".repeat(9), Limits.builder().fileCodePointsMax(10).build());
        within(bench, Workbench.insert(0, "é"));
        beyond(bench, Workbench.insert(0, "é"), RejectionCode.TOO_LARGE);
        within(bench, new Operation.Create("b", "x".repeat(10), null));
        beyond(bench, new Operation.Create("c", "x".repeat(11), null), RejectionCode.TOO_LARGE);
        beyond(bench, new Operation.Replace(A, new Anchor("é", "ab", Anchor.Occurrence.ONLY)), RejectionCode.TOO_LARGE);
        within(bench, new Operation.Replace(A, new Anchor("é", "a", Anchor.Occurrence.ONLY)));
    }

    @Test
    void shouldCountTheTextOfAnOperation() {
        Workbench bench = Workbench.withFile("12345678", Limits.builder().operationCodePointsMax(8).build());
        within(bench, Workbench.insert(0, "😀".repeat(8)));
        beyond(bench, Workbench.insert(0, "😀".repeat(9)), RejectionCode.TOO_LARGE);
        within(bench, Workbench.edit(new Change(8, 5, "abc")));
        beyond(bench, Workbench.edit(new Change(8, 5, "abcd")), RejectionCode.TOO_LARGE);
        within(bench, new Operation.Create("b", "x".repeat(8), null));
        beyond(bench, new Operation.Create("c", "x".repeat(9), null), RejectionCode.TOO_LARGE);
        beyond(bench, new Operation.Replace(A, new Anchor("x".repeat(9), "", Anchor.Occurrence.ALL)),
            RejectionCode.TOO_LARGE);
    }

    @Test
    void shouldCountTheChangesOfAnOperation() {
        Workbench bench = Workbench.withFile("12345678", Limits.builder().changesMax(2).build());
        within(bench, Workbench.edit(new Change(0, 1, ""), new Change(2, 1, "")));
        beyond(bench, Workbench.edit(new Change(0, 1, ""), new Change(2, 1, ""), new Change(4, 1, "")),
            RejectionCode.TOO_LARGE);
    }

    @Test
    void shouldCountTheNameOfAnAuthor() {
        Workbench bench = Workbench.withFile("", Limits.builder().authorCodePointsMax(7).build());
        Submission within = new Submission(Workbench.BOB, 1, 1, null, "😀é字abcd", new Operation.Noop(), 500, 0);
        Workbench.accepted(bench.decide(within));
        Submission beyond = new Submission(Workbench.BOB, 2, 1, null, "😀é字abcde", new Operation.Noop(), 501, 0);
        assertThat(Workbench.rejected(bench.decide(beyond)).code()).isEqualTo(RejectionCode.TOO_LARGE);
    }

    @Test
    void shouldCountTheTextsOfAWorkspace() {
        Workbench bench = Workbench.withFile("12345678", Limits.builder().workspaceCodePointsMax(12).build());
        within(bench, new Operation.Create("b", "1234", null));
        beyond(bench, Workbench.insert(0, "x"), RejectionCode.TOO_LARGE);
        within(bench, new Operation.Delete(FileReference.ofPath("b")));
        within(bench, Workbench.insert(0, "1234"));
        beyond(bench, new Operation.Create("c", "x", null), RejectionCode.TOO_LARGE);
    }

    @Test
    void shouldCountTheFilesOfAWorkspace() {
        Workbench bench = Workbench.withFile("", Limits.builder().filesMax(3).fileIdsMax(4).build());
        List.of("b", "c").forEach(path -> within(bench, new Operation.Create(path, "", null)));
        beyond(bench, new Operation.Create("d", "", null), RejectionCode.LIMIT_REACHED);
        within(bench, new Operation.Delete(FileReference.ofPath("b")));
        within(bench, new Operation.Create("d", "", null));
        within(bench, new Operation.Delete(FileReference.ofPath("c")));
        beyond(bench, new Operation.Create("e", "", null), RejectionCode.LIMIT_REACHED);
    }

    @Test
    void shouldCountTheVersionsThatAnOperationIsBehind() {
        Workbench bench = Workbench.withFile("", Limits.builder().historyVersionsMax(4).build());
        for (int i = 0; i < 10; i++) {
            within(bench, new Operation.Noop());
        }
        long oldest = bench.version() - 4;
        assertThat(bench.reject(Workbench.BOB, oldest - 1, new Operation.Noop()).code())
            .isEqualTo(RejectionCode.BASE_TOO_OLD);
        bench.accept(Workbench.BOB, oldest, new Operation.Noop());
    }
}
