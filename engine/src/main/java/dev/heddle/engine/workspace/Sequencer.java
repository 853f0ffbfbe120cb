package dev.heddle.engine.workspace;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;

/**
 * Decides on submissions in the order of the raw log: accepts them with the next version, refuses them with a code, or
 * finds them answered before. Pure: the same state and submission give the same decision, and nothing is changed.
 *
 * <p>Rules are checked in this order, and the first one broken is the answer: form of session and number; the number
 * itself (repeat, reuse, gap); sizes; base; the operations it stands on; the file; form and range of the changes; what
 * the result would be.
 */
public final class Sequencer {

    private Sequencer() {
    }

    /**
     * {@return what becomes of a submission; taking it in is up to {@link WorkspaceState#replay(Decision)}}
     *
     * @param state      the state after everything before it in the raw log, never null
     * @param submission the submission, never null
     */
    public static Decision decide(WorkspaceState state, Submission submission) {
        Session session = state.sessions().find(submission.session());
        String malformed = malformedIdentity(submission, session);
        if (malformed != null) {
            return rejected(state, submission, RejectionCode.BAD_REQUEST, malformed, null, 0);
        }
        long fingerprint = Fingerprint.of(submission);
        Decision known = decideBySeq(state, submission, session, fingerprint);
        if (known != null) {
            return known;
        }
        try {
            return new Judgement(state, submission, session).accept(fingerprint);
        } catch (RejectionException e) {
            RejectedOperation rejection = rejection(state, submission, e.code(), e.getMessage(), null);
            return new Decision.Rejected(rejection, true, fingerprint);
        }
    }

    private static String malformedIdentity(Submission submission, Session session) {
        if (session == null && !Ids.isUuid(submission.session())) {
            return "session " + Ids.shown(submission.session()) + " (expected: a UUID in its 36-character form)";
        }
        return submission.seq() < 1 ? "seq " + submission.seq() + " (expected: at least 1)" : null;
    }

    /** The answer that follows from the number alone, or null where it is the session's next one. */
    private static Decision decideBySeq(WorkspaceState state, Submission submission, Session session,
                                        long fingerprint) {
        long expected = session == null ? 1 : session.nextSeq();
        long seq = submission.seq();
        if (seq < expected) {
            return decideUsed(state, submission, session, fingerprint);
        }
        if (seq > expected) {
            String unknown = session == null ? ", which is new here or was forgotten and must not be used again," : "";
            return rejected(state, submission, RejectionCode.SEQ_GAP, "seq " + seq + " of session "
                + submission.session() + unknown + " (expected: " + expected + ")", expected, fingerprint);
        }
        long oldest = session == null ? state.sessions().newSessionBaseMin() : session.baseMin();
        if (submission.base() >= 0 && submission.base() < oldest) {
            return rejected(state, submission, RejectionCode.BASE_TOO_OLD, "base " + submission.base()
                + " of session " + submission.session() + " is older than version " + oldest
                + ", up to which sessions were forgotten when it began", expected, fingerprint);
        }
        return null;
    }

    private static Decision decideUsed(WorkspaceState state, Submission submission, Session session,
                                       long fingerprint) {
        Session.Answer answer = session.answerTo(submission.seq());
        if (answer != null && answer.fingerprint() == fingerprint) {
            return new Decision.Repeated(submission.sourceOffset(), answer.sourceOffset());
        }
        String why = answer == null
            ? "was used, and its answer is no longer kept (expected: one of the last "
                + state.limits().answersPerSessionMax() + ", or " + session.nextSeq() + ")"
            : "was used for another operation (expected: " + session.nextSeq() + ")";
        return rejected(state, submission, RejectionCode.SEQ_REUSED, "seq " + submission.seq() + " of session "
            + submission.session() + " " + why, session.nextSeq(), fingerprint);
    }

    private static Decision rejected(WorkspaceState state, Submission submission, RejectionCode code, String message,
                                     Long expectedSeq, long fingerprint) {
        return new Decision.Rejected(rejection(state, submission, code, message, expectedSeq), false, fingerprint);
    }

    private static RejectedOperation rejection(WorkspaceState state, Submission submission, RejectionCode code,
                                               String message, Long expectedSeq) {
        return new RejectedOperation(state.image().workspace(), submission.session(), submission.seq(), code, message,
            state.version(), expectedSeq, submission.sourceOffset(), submission.timeMs());
    }
}
