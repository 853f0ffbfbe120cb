package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Anchored edits, resolved against the file as it is when they are ordered. */
class ReplaceTest {

    private static Operation replace(String find, String with, Anchor.Occurrence occurrence) {
        return new Operation.Replace(FileReference.ofPath("src/a.rs"), new Anchor(find, with, occurrence));
    }

    private static void refused(Workbench bench, Operation operation, RejectionCode code, String message) {
        RejectedOperation rejection = bench.reject(Workbench.ALICE, 1, operation);
        assertThat(rejection.message()).isEqualTo(message);
        assertThat(rejection.code()).isEqualTo(code);
        assertThat(rejection.version()).isEqualTo(bench.version());
    }

    @Test
    void shouldBecomeAPlainEditWithItsAnchorWhenFoundOnce() {
        Workbench bench = Workbench.withFile("let 😀 = old;");
        bench.accept(Workbench.BOB, 1, Workbench.insert(0, "// hi\n"));
        Anchor anchor = new Anchor("😀 = old", "😀 = new", Anchor.Occurrence.ONLY);
        CanonicalOperation operation = bench.accept(Workbench.ALICE, 1,
            new Operation.Replace(FileReference.ofPath("src/a.rs"), anchor));
        assertThat(operation.operation()).isEqualTo(new Operation.Edit(Workbench.byId(),
            List.of(new Change(10, 7, "😀 = new", "😀 = old")), anchor));
        assertThat(bench.text()).isEqualTo("// hi\nlet 😀 = new;");
    }

    @Test
    void shouldTellHowOftenWhenNotFoundOrAmbiguous() {
        Workbench bench = Workbench.withFile("aaa b");
        refused(bench, replace("x", "y", Anchor.Occurrence.ONLY), RejectionCode.ANCHOR_NOT_FOUND,
            "text to find of 1 code points occurs 0 times in file src/a.rs at version 1 (expected: at least once)");
        refused(bench, replace("a", "y", Anchor.Occurrence.ONLY), RejectionCode.ANCHOR_AMBIGUOUS,
            "text to find of 1 code points occurs 3 times in file src/a.rs at version 1 (expected: exactly once)");
        // Overlapping places are ambiguous too.
        refused(bench, replace("aa", "y", Anchor.Occurrence.ONLY), RejectionCode.ANCHOR_AMBIGUOUS,
            "text to find of 2 code points occurs 2 times in file src/a.rs at version 1 (expected: exactly once)");
        refused(bench, replace("", "y", Anchor.Occurrence.ALL), RejectionCode.BAD_REQUEST,
            "find is empty (expected: at least one code point)");
        refused(bench, replace("x", "y", Anchor.Occurrence.ALL), RejectionCode.ANCHOR_NOT_FOUND,
            "text to find of 1 code points occurs 0 times in file src/a.rs at version 1 (expected: at least once)");
        refused(bench, new Operation.Edit(Workbench.byId(), List.of(), new Anchor("a", "b", Anchor.Occurrence.ALL)),
            RejectionCode.BAD_REQUEST, "edit carries an anchor (expected: a replace instead)");
    }

    @Test
    void shouldTakeTheFirstOrEveryOneWhenAsked() {
        Workbench bench = Workbench.withFile("aaaaa");
        bench.accept(Workbench.ALICE, 1, replace("aa", "b", Anchor.Occurrence.FIRST));
        assertThat(bench.text()).isEqualTo("baaa");
        bench.accept(Workbench.ALICE, 1, replace("a", "aa", Anchor.Occurrence.ALL));
        assertThat(bench.text()).isEqualTo("baaaaaa");
        bench.accept(Workbench.ALICE, 1, replace("aa", "", Anchor.Occurrence.ALL));
        assertThat(bench.text()).isEqualTo("b");
    }

    @Test
    void shouldReplaceEveryPlaceInOneOperationWhenThereAreFiftyThousand() {
        Workbench bench = Workbench.withFile("ab\n".repeat(50_000));
        CanonicalOperation operation = bench.accept(Workbench.ALICE, 1, replace("b", "😀!", Anchor.Occurrence.ALL));
        assertThat(((Operation.Edit) operation.operation()).changes()).hasSize(50_000);
        assertThat(bench.text()).isEqualTo("a😀!\n".repeat(50_000));
    }

    @Test
    void shouldRefuseWhenThereAreMorePlacesThanChangesAllowed() {
        Workbench bench = Workbench.withFile("aaa", Limits.builder().changesMax(2).build());
        refused(bench, replace("a", "", Anchor.Occurrence.ALL), RejectionCode.TOO_LARGE,
            "text to find occurs more than 2 times in file src/a.rs at version 1"
                + " (expected: at most that many changes)");
    }
}
