package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
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
