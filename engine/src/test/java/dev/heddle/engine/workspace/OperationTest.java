package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Component;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values never change, whoever goes on using what they were made from. */
class OperationTest {

    @Test
    void shouldKeepItsChangesWhenTheCallersListIsChanged() {
        List<Change> changes = new ArrayList<>(List.of(new Change(1, 1, "x")));
        Operation.Edit edit = new Operation.Edit(Workbench.byId(), changes);
        UndoStep.Edit step = new UndoStep.Edit(Workbench.FILE, "a", changes);
        Workbench bench = Workbench.withFile("abc");
        bench.accept(Workbench.ALICE, 1, edit);
        changes.set(0, new Change(0, 3, ""));
        assertThat(edit.changes()).isEqualTo(step.changes()).containsExactly(new Change(1, 1, "x"));
        assertThat(edit).isEqualTo(new Operation.Edit(Workbench.byId(), List.of(new Change(1, 1, "x"))));
        // What was committed carries the text it took out; what was submitted still does not.
        assertThat(bench.read(2).operation()).isEqualTo(Workbench.edit(new Change(1, 1, "x", "b")));
        assertThat(bench.raw.get(1).operation()).isSameAs(edit);
    }

    @Test
    void shouldRefuseValuesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileReference(null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileReference("f", "p"))
            .withMessage("file reference: f, p (expected: exactly one of file and path)");
        assertThatIllegalArgumentException().isThrownBy(() ->
            new TextRun(0, new Origin(1, "someone", Workbench.ALICE, 0)))
            .withMessage("length: 0 (expected: at least 1)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Component(Component.Kind.INSERT, 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Component(Component.Kind.DELETE, 1, "x"))
            .withMessage("component: DELETE with text x (expected: text for INSERT and only there)");
    }

    /** Exactly at each limit is allowed; what lies above is in {@code RejectionTest}. */
    @Test
    void shouldAcceptWhatIsExactlyAtTheLimit() {
        Workbench bench = Workbench.withFile("01234567", Limits.builder().fileCodePointsMax(10)
            .operationCodePointsMax(8).changesMax(2).authorCodePointsMax(10).workspaceCodePointsMax(18).filesMax(2)
            .fileIdsMax(2).build());
        bench.accept(Workbench.ALICE, 1, new Operation.Create("b", "12345678", null));
        bench.accept(Workbench.ALICE, 2, Workbench.edit(new Change(0, 3, "😀bcde")));
        bench.accept(Workbench.ALICE, 3, Workbench.edit(new Change(0, 1, "a"), new Change(9, 1, "b")));
        bench.accept(Workbench.ALICE, 4, new Operation.Replace(Workbench.byId(),
            new Anchor("bcde", "5678", Anchor.Occurrence.ONLY)));
        Decision named = bench.decide(new Submission(Workbench.BOB, 1, 5, null, "ten chars!", new Operation.Noop(),
            90, 0));
        assertThat(Workbench.accepted(named).author()).isEqualTo("ten chars!");
        assertThat(bench.text()).isEqualTo("a5678" + "3456b");
        assertThat(bench.state.image().codePoints()).isEqualTo(18);
        // What makes a text no longer is allowed however full all is.
        bench.accept(Workbench.ALICE, 6, Workbench.edit(new Change(0, 4, "wxyz")));
        bench.accept(Workbench.ALICE, 7, Workbench.delete(0, 8));
    }

    @Test
    void shouldKeepAHashAndACheckpointWhenTheirBytesAreChanged() {
        Checkpoint checkpoint = Workbench.withFile("abc").state.checkpoint();
        byte[] sessions = checkpoint.sessions();
        byte[] hash = checkpoint.hash().bytes();
        Hash same = Hash.of(hash);
        sessions[0]++;
        hash[0]++;
        assertThat(checkpoint.sessions()).isNotEqualTo(sessions);
        assertThat(checkpoint.hash()).isEqualTo(same);
        assertThat(checkpoint.hash().bytes()).isNotEqualTo(hash);
    }
}
