package dev.heddle.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.codec.OperationCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker agrees with the engine on what is right, and finds each kind of wrong. */
class ModelWorkspaceTest {

    private static final String SESSION = "55555555-5555-4555-8555-555555555555";

    /** Six versions: made, edited twice, renamed, nothing, made another. */
    private static List<CanonicalOp> history() {
        FileReference file = FileReference.ofPath("a.txt");
        List<Operation> operations = List.of(new Operation.Create("a.txt", "one \uD83E\uDDF5 two", null),
            new Operation.Edit(file, List.of(new Change(4, 1, "é"), new Change(6, 3, "drei"))),
            new Operation.Edit(file, List.of(new Change(0, 0, "zero "))), new Operation.Rename(file, "b.txt"),
            new Operation.Noop(), new Operation.Create("c.txt", "", null));
        WorkspaceState state = WorkspaceState.empty("model", Limits.DEFAULT, version -> null);
        List<CanonicalOp> log = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Decision decision = Sequencer.decide(state, new Submission(SESSION, i + 1, state.version(), null, "me",
                operations.get(i), i, 1_000 + i));
            state.replay(decision);
            log.add(OperationCodec.canonicalOp(((Decision.Accepted) decision).operation()));
        }
        return log;
    }

    private static void refused(List<CanonicalOp> log, String message) {
        assertThatThrownBy(() -> log.forEach(new ModelWorkspace("model")::accept)).isInstanceOf(AssertionError.class)
            .hasMessageContaining(message);
    }

    @Test
    void shouldComeToTheSameTextsAndHashesAsTheEngine() {
        ModelWorkspace model = new ModelWorkspace("model");
        history().forEach(model::accept);
        assertThat(model.version()).isEqualTo(6);
        assertThat(model.files()).containsEntry("b.txt", "zero one é drei").containsEntry("c.txt", "").hasSize(2);
        assertThat(model.versions(SESSION)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void shouldFindAGapARepeatAndAnExchange() {
        List<CanonicalOp> log = history();
        log.remove(2);
        refused(log, "expected version 3");
        List<CanonicalOp> doubled = history();
        doubled.add(3, doubled.get(2));
        refused(doubled, "expected version 4");
        List<CanonicalOp> exchanged = history();
        exchanged.add(1, exchanged.remove(2));
        refused(exchanged, "expected version 2");
    }

    @Test
    void shouldFindAFieldThatTheHashDoesNotCover() {
        List<CanonicalOp> log = history();
        log.set(2, CanonicalOp.newBuilder(log.get(2)).setAuthor("somebody else").build());
        refused(log, "hash is not that of its bytes");
        List<CanonicalOp> chain = history();
        chain.set(2, CanonicalOp.newBuilder(chain.get(2)).setPreviousHash(ByteBuffer.wrap(new byte[32])).build());
        refused(chain, "previousHash is not the hash before");
    }

    @Test
    void shouldFindANumberOutOfOrderThoughTheHashFits() {
        List<CanonicalOp> log = history().subList(0, 2);
        CanonicalOp skipped = CanonicalOp.newBuilder(log.get(1)).setSeq(3).build();
        byte[] previous = new byte[32];
        skipped.getPreviousHash().duplicate().get(previous);
        skipped = CanonicalOp.newBuilder(skipped).setHash(ByteBuffer.wrap(ModelHash.of(previous, skipped))).build();
        refused(List.of(log.get(0), skipped), "expected seq 2");
    }

    @Test
    void shouldFindAChangeThatRemovesSomethingElse() {
        ModelText text = new ModelText("abc");
        dev.heddle.Change change = dev.heddle.Change.newBuilder().setAt(1).setDelete(1).setInsert("").setDeleted("x")
            .build();
        assertThatThrownBy(() -> text.apply(List.of(change))).hasMessageContaining("there was 'b'");
    }

    @Test
    void shouldCauseTheSameFaultsWhenTheSeedIsTheSame() {
        FaultSchedule one = new FaultSchedule(7, 3_000, 2_000);
        FaultSchedule same = new FaultSchedule(7, 3_000, 2_000);
        FaultSchedule other = new FaultSchedule(8, 3_000, 2_000);
        boolean differs = false;
        for (int i = 0; i < 50; i++) {
            FaultSchedule.Step step = one.next();
            assertThat(same.next()).isEqualTo(step);
            differs |= !other.next().equals(step);
        }
        assertThat(differs).isTrue();
    }
}
