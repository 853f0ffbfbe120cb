package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** All sessions together: within the limit nobody is forgotten, one above it the least recently used one is. */
    @Test
    void shouldForgetTheLeastRecentSessionWhenAllTogetherHoldTooMuch() {
        // The creator holds an answer and a move; Alice an answer and a file; the third an answer, a file and one
        // component of what it wrote, as Alice's edit lay between; Bob three answers: ten in all.
        Workbench bench = Workbench.withFile("abc", Limits.builder().sessionEntriesMax(10).build());
        Submission create = bench.raw.get(0);
        Submission first = bench.next(Workbench.ALICE, 1, null, Workbench.insert(0, "x"));
        bench.decide(first);
        bench.accept(Workbench.session(7), 1, Workbench.insert(0, "y"));
        for (int count = 0; count < 3; count++) {
            bench.submit(Workbench.BOB, 1, Workbench.insert(900, "refused"));
        }
        bench.restart();
        assertThat(bench.decide(again(create, 20))).isEqualTo(new Decision.Repeated(20, 0));
        bench.submit(Workbench.BOB, 1, Workbench.insert(900, "refused"));
        notCounted(bench.decide(again(create, 30)), RejectionCode.BASE_TOO_OLD, 1L);
        assertThat(bench.decide(again(first, 31))).isEqualTo(new Decision.Repeated(31, 1));
        bench.submit(Workbench.BOB, 1, Workbench.insert(900, "refused"));
        assertThat(bench.decide(again(first, 40))).isEqualTo(new Decision.Repeated(40, 1));
        bench.submit(Workbench.BOB, 1, Workbench.insert(900, "refused"));
        notCounted(bench.decide(again(first, 50)), RejectionCode.BASE_TOO_OLD, 1L);
    }

    /** The session just used is never forgotten, whatever it holds. */
    @Test
    void shouldKeepTheSessionInUseWhenItAloneHoldsTooMuch() {
        Workbench bench = Workbench.withFile("abc", Limits.builder().sessionEntriesMax(2).build());
        for (int count = 0; count < 9; count++) {
            bench.accept(Workbench.ALICE, bench.version(), Workbench.insert(0, "x"));
        }
        assertThat(bench.text()).isEqualTo("x".repeat(9) + "abc");
        assertThat(bench.decide(again(bench.raw.get(1), 70))).isEqualTo(new Decision.Repeated(70, 1));
    }

    /** Whatever differs in what is sent must be told apart; small texts over few letters, so that many are alike. */
    @Test
    void shouldTellPayloadsApartWhenAnyPartDiffers() {
        List<String> texts = List.of("", "a", "b", "aa", "ab", "ba", "aab", "\u0101", "\u2c61");
        List<Operation> operations = new ArrayList<>(List.of(new Operation.Noop()));
        List<FileReference> targets = List.of(Workbench.byId(), FileReference.ofPath("a"), FileReference.ofPath("b"),
            FileReference.ofPath("ab"), FileReference.ofFile("a"));
        for (FileReference target : targets) {
            operations.add(new Operation.Delete(target));
            operations.add(new Operation.Edit(target, List.of()));
            for (String text : texts) {
                operations.add(new Operation.Rename(target, text));
                operations.add(new Operation.Edit(target, List.of(new Change(0, 1, text))));
                operations.add(new Operation.Edit(target, List.of(new Change(1, 0, text))));
                operations.add(new Operation.Edit(target, List.of(new Change(0, 0, text), new Change(1, 0, text))));
                for (String other : texts) {
                    for (Anchor.Occurrence occurrence : Anchor.Occurrence.values()) {
                        operations.add(new Operation.Replace(target, new Anchor(text, other, occurrence)));
                    }
                }
            }
        }
        for (String path : texts) {
            for (String text : texts) {
                operations.add(new Operation.Create(path, text, null));
                operations.add(new Operation.Create(path, text, "a"));
            }
        }
        Map<Long, String> seen = new HashMap<>();
        for (Operation operation : operations) {
            for (long base = 0; base < 3; base++) {
                for (Long after : Arrays.asList(null, 0L, 1L)) {
                    Submission submission = new Submission(Workbench.ALICE, 1, base, after, "x", operation, 0, 0);
                    assertThat(seen.put(Fingerprint.of(submission), submission.toString())).isNull();
                }
            }
        }
        // Half of all bits differ between neighbours, as in any good hash.
        long bits = 0;
        for (int at = 0; at < 1_000; at++) {
            bits += Long.bitCount(fingerprint(at) ^ fingerprint(at + 1));
        }
        assertThat(bits / 1_000).isBetween(28L, 36L);
    }

    private static long fingerprint(int at) {
        return Fingerprint.of(new Submission(Workbench.ALICE, 1, 5, null, "x", Workbench.insert(at, "x"), 0, 0));
    }

    /** One above the first size of the ring: every answer is still the right one. */
    @Test
    void shouldRememberEveryAnswerWhenThereAreManyUpToTheLimitAndNoFurther() {
        Workbench bench = Workbench.withFile("", Limits.builder().answersPerSessionMax(40).build());
        List<Submission> sent = new ArrayList<>();
        for (int seq = 1; seq <= 41; seq++) {
            sent.add(bench.submission(Workbench.ALICE, seq, bench.version(), null, Workbench.insert(0, "" + seq % 10)));
            bench.decide(sent.get(seq - 1));
            for (int known = Math.max(1, seq - 39); known <= seq; known++) {
                Submission again = again(sent.get(known - 1), bench.raw.size());
                assertThat(bench.decide(again))
                    .isEqualTo(new Decision.Repeated(again.sourceOffset(), sent.get(known - 1).sourceOffset()));
            }
        }
        notCounted(bench.decide(again(sent.get(0), bench.raw.size())), RejectionCode.SEQ_REUSED, 42L);
    }

    /** What an operation is, is told by its number alone: the same words twice are two operations. */
    @Test
    void shouldCommitBothWhenTheSamePayloadComesUnderTwoNumbers() {
        Workbench bench = Workbench.withFile("abc");
        for (String session : List.of(Workbench.ALICE, Workbench.ALICE, Workbench.BOB)) {
            bench.accept(session, 1, Workbench.insert(3, "x"));
        }
        assertThat(bench.text()).isEqualTo("abcxxx");
        assertThat(bench.version()).isEqualTo(4);
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
