package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static Decision.Rejected notCounted(Decision decision, RejectionCode code, Long expectedSeq) {
        Decision.Rejected rejected = (Decision.Rejected) decision;
        assertThat(rejected.consumesSeq()).isFalse();
        assertThat(rejected.rejection().code()).isEqualTo(code);
        assertThat(rejected.rejection().expectedSeq()).isEqualTo(expectedSeq);
        return rejected;
    }

    private static Submission again(Submission submission, int sourceOffset) {
        return new Submission(submission.session(), submission.seq(), submission.base(), submission.after(),
            submission.author(), submission.operation(), sourceOffset, 5);
    }

    @Test
    void shouldNameTheExpectedNumberWhenOneIsLeftOut() {
        Workbench bench = Workbench.withFile("abc");
        Decision.Rejected gap = notCounted(bench.decide(bench.submission(Workbench.ALICE, 2, 1, null,
            Workbench.insert(0, "x"))), RejectionCode.SEQ_GAP, 1L);
        assertThat(gap.rejection().message()).isEqualTo("seq 2 of session " + Workbench.ALICE
            + ", which is new here or was forgotten and must not be used again, (expected: 1)");
        bench.accept(Workbench.ALICE, 1, Workbench.insert(0, "x"));
        gap = notCounted(bench.decide(bench.submission(Workbench.ALICE, 3, 2, null, Workbench.insert(0, "x"))),
            RejectionCode.SEQ_GAP, 2L);
        assertThat(gap.rejection().message()).isEqualTo("seq 3 of session " + Workbench.ALICE + " (expected: 2)");
        assertThat(bench.text()).isEqualTo("xabc");
    }

    @Test
    void shouldPointToTheFirstAnswerWhenRepeated() {
        Workbench bench = Workbench.withFile("abc");
        Submission good = bench.submission(Workbench.ALICE, 1, 1, null, Workbench.insert(0, "x"));
        bench.decide(good);
        Submission bad = bench.submission(Workbench.ALICE, 2, 1, null, Workbench.insert(99, "x"));
        Decision.Rejected first = (Decision.Rejected) bench.decide(bad);
        assertThat(first.consumesSeq()).isTrue();
        assertThat(bench.decide(again(good, 10))).isEqualTo(new Decision.Repeated(10, 1));
        assertThat(bench.decide(again(bad, 11))).isEqualTo(new Decision.Repeated(11, 2));
        assertThat(bench.text()).isEqualTo("xabc");
        assertThat(bench.state.lastSourceOffset()).isEqualTo(11);
    }

    @Test
    void shouldRefuseTheReuseWhenThePayloadDiffers() {
        Workbench bench = Workbench.withFile("abc");
        bench.decide(bench.submission(Workbench.ALICE, 1, 1, null, Workbench.insert(0, "x")));
        List<Submission> others = new ArrayList<>();
        others.add(bench.submission(Workbench.ALICE, 1, 1, null, Workbench.insert(0, "y")));
        others.add(bench.submission(Workbench.ALICE, 1, 1, null, Workbench.insert(1, "x")));
        others.add(bench.submission(Workbench.ALICE, 1, 1, null, Workbench.delete(0, 1)));
        others.add(bench.submission(Workbench.ALICE, 1, 0, null, Workbench.insert(0, "x")));
        others.add(bench.submission(Workbench.ALICE, 1, 1, 0L, Workbench.insert(0, "x")));
        others.add(bench.submission(Workbench.ALICE, 1, 1, null, new Operation.Noop()));
        int offset = 10;
        for (Submission other : others) {
            Decision.Rejected reused = notCounted(bench.decide(again(other, offset++)), RejectionCode.SEQ_REUSED, 2L);
            assertThat(reused.rejection().message()).isEqualTo("seq 1 of session " + Workbench.ALICE
                + " was used for another operation (expected: 2)");
        }
        assertThat(bench.text()).isEqualTo("xabc");
    }

    @Test
    void shouldRefuseTheRepeatWhenItsAnswerIsNoLongerKept() {
        Workbench bench = Workbench.withFile("", Limits.builder().answersPerSessionMax(3).build());
        List<Submission> sent = new ArrayList<>();
        for (int seq = 1; seq <= 40; seq++) {
            sent.add(bench.submission(Workbench.ALICE, seq, seq, null, Workbench.insert(0, "x")));
            bench.decide(sent.get(seq - 1));
        }
        for (int round = 0; round < 2; round++) {
            assertThat(bench.decide(again(sent.get(37), 100 + 10 * round))).isInstanceOf(Decision.Repeated.class);
            Decision.Rejected forgotten = notCounted(bench.decide(again(sent.get(36), 101 + 10 * round)),
                RejectionCode.SEQ_REUSED, 41L);
            assertThat(forgotten.rejection().message()).isEqualTo("seq 37 of session " + Workbench.ALICE
                + " was used, and its answer is no longer kept (expected: one of the last 3, or 41)");
            bench.restart();
        }
        assertThat(bench.text()).isEqualTo("x".repeat(40));
    }

    @Test
    void shouldForgetTheLeastRecentlyUsedWhenThereAreTooMany() {
        Workbench bench = Workbench.withFile("", Limits.builder().sessionsMax(3).build());
        Submission first = bench.submission(Workbench.session(1), 1, 1, null, Workbench.insert(0, "1"));
        bench.decide(first);
        bench.accept(Workbench.session(2), 1, Workbench.insert(0, "2"));
        bench.decide(bench.submission(Workbench.session(1), 2, 1, null, Workbench.insert(0, "1")));
        // The file's creator, session 9, is forgotten now; then session 2, as session 1 was used after it.
        bench.accept(Workbench.session(3), 4, Workbench.insert(0, "3"));
        bench.accept(Workbench.session(4), 5, Workbench.insert(0, "4"));
        assertThat(bench.state.sessions().find(Workbench.session(9))).isNull();
        assertThat(bench.state.sessions().find(Workbench.session(2))).isNull();
        assertThat(bench.state.sessions().find(Workbench.session(1)).nextSeq()).isEqualTo(3);
        assertThat(bench.decide(again(first, 100))).isEqualTo(new Decision.Repeated(100, 1));
        assertThat(bench.state.sessions().newSessionBaseMin()).isEqualTo(3);
    }

    @Test
    void shouldNeverCommitTwiceWhenAForgottenSessionSendsAgain() {
        Workbench bench = Workbench.withFile("", Limits.builder().sessionsMax(2).build());
        List<Submission> old = new ArrayList<>();
        for (int seq = 1; seq <= 3; seq++) {
            old.add(bench.submission(Workbench.ALICE, seq, bench.version(), null, Workbench.insert(0, "x")));
            bench.decide(old.get(seq - 1));
        }
        bench.accept(Workbench.session(3), 4, Workbench.insert(0, "3"));
        bench.accept(Workbench.session(4), 4, Workbench.insert(0, "4"));
        bench.restart();
        assertThat(bench.state.sessions().find(Workbench.ALICE)).isNull();
        Decision.Rejected refused = notCounted(bench.decide(again(old.get(0), 100)), RejectionCode.BASE_TOO_OLD, 1L);
        assertThat(refused.rejection().message()).isEqualTo(
            "base 1 of session " + Workbench.ALICE
                + " is older than version 4, up to which sessions were forgotten when it began");
        notCounted(bench.decide(again(old.get(1), 101)), RejectionCode.SEQ_GAP, 1L);
        notCounted(bench.decide(again(old.get(2), 102)), RejectionCode.SEQ_GAP, 1L);
        assertThat(bench.text()).isEqualTo("43xxx");
        // Nor does a repeat get in behind a session that wrongly begins anew under the old id.
        bench.decide(bench.submission(Workbench.ALICE, 1, 4, null, Workbench.insert(0, "A")));
        bench.restart();
        refused = notCounted(bench.decide(again(old.get(1), 201)), RejectionCode.BASE_TOO_OLD, 2L);
        assertThat(refused.rejection().message()).startsWith("base 2 of session " + Workbench.ALICE + " is older than");
        assertThat(bench.text()).isEqualTo("A43xxx");
        // A new session that has caught up is welcome.
        bench.accept(Workbench.session(5), 6, Workbench.insert(0, "5"));
        assertThat(bench.text()).isEqualTo("5A43xxx");
    }

    @Test
    void shouldRefuseWithoutCountingWhenTheIdentityIsMalformed() {
        Workbench bench = Workbench.withFile("abc");
        for (String session : List.of("", "alice", "00000000-0000-4000-8000-00000000000g",
            "00000000-0000-4000-8000_000000000001", "x".repeat(4_000))) {
            Decision.Rejected refused = notCounted(bench.decide(bench.submission(session, 1, 1, null,
                Workbench.insert(0, "x"))), RejectionCode.BAD_REQUEST, null);
            assertThat(refused.rejection().message()).startsWith("session ").hasSizeLessThan(120)
                .endsWith("(expected: a UUID in its 36-character form)");
        }
        for (long seq : new long[] {0, -1, Long.MIN_VALUE}) {
            Decision.Rejected refused = notCounted(bench.decide(bench.submission(Workbench.ALICE, seq, 1, null,
                Workbench.insert(0, "x"))), RejectionCode.BAD_REQUEST, null);
            assertThat(refused.rejection().message()).isEqualTo("seq " + seq + " (expected: at least 1)");
        }
        bench.accept("ABCDEF00-0000-4000-8000-000000000001", 1, Workbench.insert(0, "y"));
    }

    @Test
    void shouldStopWhenADecisionDoesNotFollow() {
        Workbench bench = Workbench.withFile("abc");
        Decision first = bench.decide(bench.submission(Workbench.ALICE, 1, 1, null, Workbench.insert(0, "x")));
        Checkpoint before = bench.state.checkpoint();
        assertThatThrownBy(() -> bench.state.replay(first)).isInstanceOf(CorruptLogException.class)
            .hasMessage("canonical log is corrupt at version 2: source offset 1 was decided before"
                + " (expected: above 1)");
        Decision.Rejected wrongSeq = new Decision.Rejected(new RejectedOperation("demo", Workbench.ALICE, 7,
            RejectionCode.BAD_REQUEST, "", 2, null, 9, 0), true, 0);
        assertThatThrownBy(() -> bench.state.replay(wrongSeq)).isInstanceOf(CorruptLogException.class)
            .hasMessageContaining("seq 7 of session " + Workbench.ALICE + " (expected: 2)");
        assertThat(bench.state.checkpoint()).isEqualTo(before);
    }
}
