package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** P15 to P17: one raw log gives the same bytes, however the state is held, restored or asked; garbage is answered. */
class DeterminismTest {

    /** Records of a log that is started again at each of them. */
    private static final int RECORDS = 12;

    private static Limits small() {
        return Limits.builder().historyVersionsMax(15).historyVersionsHot(4).sessionsMax(2).answersPerSessionMax(6)
            .sessionEntriesMax(11)
            .chainOperationsMax(5).filesMax(2).fileIdsMax(6).fileCodePointsMax(12)
            .operationCodePointsMax(10).changesMax(6).build();
    }

    @Test
    void shouldChangeNothingAndNeverThrowWhenDecidingOnAnything() {
        Set<String> codes = new TreeSet<>();
        Property.holds(10_000, choices -> {
            Workbench bench = new Workbench(choices.below(2) == 0 ? Limits.DEFAULT : small());
            Invariants invariants = new Invariants(bench);
            for (int count = choices.below(40); count > 0; count--) {
                Submission submission = RandomLog.next(choices, bench);
                Checkpoint before = bench.state.checkpoint();
                Decision decision = Sequencer.decide(bench.state, submission);
                assertThat(bench.state.checkpoint()).isEqualTo(before);
                assertThat(bench.decide(submission)).isEqualTo(decision);
                if (decision instanceof Decision.Rejected rejected) {
                    codes.add(rejected.rejection().code().name());
                    assertThat(rejected.rejection().message()).isNotBlank().doesNotContain("Exception");
                }
                invariants.check();
            }
        });
        if (!Property.complete()) {
            return;
        }
        assertThat(codes).contains("ANCHOR_AMBIGUOUS", "ANCHOR_NOT_FOUND", "BAD_REQUEST", "BASE_IN_FUTURE",
            "BASE_TOO_OLD", "FILE_DELETED", "LIMIT_REACHED", "OUT_OF_RANGE", "PATH_INVALID", "PATH_TAKEN",
            "PRECEDING_REJECTED", "SEQ_GAP", "SEQ_REUSED", "TEXT_MALFORMED", "TOO_LARGE", "UNKNOWN_FILE");
    }

    @Test
    void shouldDecideTheSameWhenRestoredAnywhereOrHoldingLess() {
        Property.holds(10_000, choices -> {
            Limits limits = choices.below(2) == 0 ? Limits.DEFAULT : small();
            Workbench bench = new Workbench(limits);
            Workbench restarting = new Workbench(limits.toBuilder().historyVersionsHot(1 + choices.below(8)).build());
            WorkspaceState follower = WorkspaceState.empty("demo", limits, bench::read);
            for (int count = choices.below(50); count > 0; count--) {
                Submission submission = RandomLog.next(choices, bench);
                Decision decision = bench.decide(submission);
                if (choices.once(5)) {
                    restarting.restart();
                }
                assertThat(restarting.decide(submission)).isEqualTo(decision);
                assertThat(restarting.state.checkpoint()).isEqualTo(bench.state.checkpoint());
                // One that never decides, only replays what was stored, must be able to take over at any time.
                follower.replay(decision);
                assertThat(follower.checkpoint()).isEqualTo(bench.state.checkpoint());
            }
        });
    }

    @Test
    void shouldDecideTheSameWhenRestartedAtEveryRecord() {
        Property.holds(10_000, choices -> {
            Workbench bench = new Workbench(small());
            List<Checkpoint> checkpoints = new ArrayList<>(List.of(bench.state.checkpoint()));
            for (int count = 0; count < RECORDS; count++) {
                bench.decide(RandomLog.next(choices, bench));
                checkpoints.add(bench.state.checkpoint());
            }
            for (int start = 0; start <= RECORDS; start++) {
                WorkspaceState state = WorkspaceState.restore(checkpoints.get(start), bench.limits, bench::read);
                for (int index = start; index < RECORDS; index++) {
                    Decision decision = Sequencer.decide(state, bench.raw.get(index));
                    assertThat(decision).isEqualTo(bench.decisions.get(index));
                    state.replay(decision);
                }
                assertThat(state.checkpoint()).isEqualTo(checkpoints.get(RECORDS));
            }
        });
    }

    @Test
    void shouldCommitOnceWhenAnythingIsSentAgain() {
        Property.holds(10_000, choices -> {
            Workbench bench = Workbench.withFile("abc");
            List<Submission> sent = new ArrayList<>();
            for (int count = 1 + choices.below(12); count > 0; count--) {
                boolean again = !sent.isEmpty() && choices.below(2) == 1;
                Submission submission = again ? choices.of(sent)
                    : bench.submission(Workbench.ALICE, 1 + sent.size(), bench.version(), null,
                        choices.once(4) ? Workbench.delete(900, 1) : Workbench.insert(0, "x"));
                if (!again) {
                    sent.add(submission);
                }
                Decision decision = bench.decide(new Submission(submission.session(), submission.seq(),
                    submission.base(), submission.after(), again ? "other name" : "name", submission.operation(),
                    bench.raw.size(), 77));
                assertThat(decision instanceof Decision.Repeated).isEqualTo(again);
            }
            long inserted = bench.decisions.stream().filter(Decision.Accepted.class::isInstance).count() - 1;
            assertThat(bench.text()).isEqualTo("x".repeat((int) inserted) + "abc");
        });
    }
}
