package dev.heddle.transformer.processor;

import dev.heddle.ClientOp;
import dev.heddle.Handover;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.transformer.store.Outcome;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a record and has the engine decide it; changes nothing. */
final class Judge {

    private static final Logger log = LoggerFactory.getLogger(Judge.class);
    static final int SESSION_LENGTH_MAX = 64;
    private static final int MESSAGE_LENGTH_MAX = 2_000;
    /** Room for key, headers and batch around a value. */
    private static final int AROUND_VALUE_BYTES = 4 * 1024;

    /**
     * What was decided and how it is stored.
     *
     * @param outcome  the stored form
     * @param decision the engine's form, or null where the record did not reach the engine
     * @param handover where the log is said to pass to another topic, or null
     */
    record Verdict(Outcome outcome, Decision decision, Handover handover) {
    }

    private final SequencerSettings settings;
    private final Checkpoints checkpoints;
    private final Records records;

    Judge(SequencerSettings settings, Checkpoints checkpoints, Records records) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.checkpoints = Objects.requireNonNull(checkpoints, "checkpoints");
        this.records = Objects.requireNonNull(records, "records");
    }

    /** {@return what becomes of a record that was never decided} */
    Verdict judge(Workspace workspace, Input input) {
        try {
            ClientOp record = records.clientOp(input);
            return verdict(workspace, decide(workspace, input, record), records.via(input), record.getHandover());
        } catch (UnreadableException unreadable) {
            return new Verdict(new Outcome.Unreadable(unreadable.getMessage()), null, null);
        }
    }

    private Decision decide(Workspace workspace, Input input, ClientOp record) throws UnreadableException {
        try {
            Submission submission = OperationCodec.submission(record, input.position(), input.timeMs());
            Decision decision = Sequencer.decide(workspace.state(), submission);
            return decision instanceof Decision.Repeated again ? repeated(workspace, submission, again) : decision;
        } catch (CodecException malformed) {
            return badRequest(workspace, input, record, malformed);
        } catch (KafkaException surroundings) {
            throw surroundings;
        } catch (RuntimeException bug) {
            log.error("workspace {}: the engine failed on {}", workspace.name(), input.place(), bug);
            throw new UnreadableException("the engine failed on this record: " + bug);
        }
    }

    /** A resend gets the first answer again; where that is no longer kept, it is told so. */
    private Decision repeated(Workspace workspace, Submission submission, Decision.Repeated repeated) {
        if (repeated.originalSourceOffset() > checkpoints.forgottenUpTo(workspace)) {
            return repeated;
        }
        return new Decision.Rejected(new RejectedOperation(workspace.name(), submission.session(), submission.seq(),
            RejectionCode.SEQ_REUSED, "operation " + submission.seq() + " of session " + submission.session()
                + " was answered at offset "
                + LogPosition.text(repeated.originalSourceOffset()) + "; that answer is no longer kept",
            workspace.state().version(), null, submission.sourceOffset(), submission.timeMs()), false, 0);
    }

    private static Decision badRequest(Workspace workspace, Input input, ClientOp record, CodecException malformed)
        throws UnreadableException {
        String session = record.getSession();
        if (session.isEmpty() || session.length() > SESSION_LENGTH_MAX) {
            throw new UnreadableException(malformed.getMessage());
        }
        return new Decision.Rejected(new RejectedOperation(workspace.name(), session, record.getSeq(),
            malformed.code(), clipped(malformed.getMessage()), workspace.state().version(), null, input.position(),
            input.timeMs()), false, 0);
    }

    private Verdict verdict(Workspace workspace, Decision decision, String via, Handover handover) {
        if (decision instanceof Decision.Accepted accepted) {
            byte[] canonical = records.bytes(accepted.operation(), via);
            // Whoever replays the raw log need not know the gateways' key: it decides nothing.
            int length = canonical.length - Via.extraBytes(via);
            if (length + AROUND_VALUE_BYTES > settings.recordBytesMax()) {
                return refused(tooLarge(workspace, accepted, length));
            }
            return new Verdict(new Outcome.Committed(accepted.operation().version(), accepted.fingerprint(),
                accepted.written() == null ? null : accepted.written().toBytes(), canonical), accepted, handover);
        }
        if (decision instanceof Decision.Rejected rejected) {
            return refused(rejected);
        }
        Decision.Repeated repeated = (Decision.Repeated) decision;
        return new Verdict(new Outcome.Repeated(repeated.originalSourceOffset()), repeated, null);
    }

    private Verdict refused(Decision.Rejected rejected) {
        RejectedOperation rejection = rejected.rejection();
        Decision.Rejected sent = new Decision.Rejected(new RejectedOperation(rejection.workspace(),
            rejection.session(), rejection.seq(), rejection.code(), clipped(rejection.message()), rejection.version(),
            rejection.expectedSeq(), rejection.sourceOffset(), rejection.timeMs()), rejected.consumesSeq(),
            rejected.fingerprint());
        return new Verdict(new Outcome.Refused(rejection.session(), sent.consumesSeq(), sent.fingerprint(),
            records.bytes(sent.rejection())), sent, null);
    }

    private Decision.Rejected tooLarge(Workspace workspace, Decision.Accepted accepted, int bytes) {
        var operation = accepted.operation();
        return new Decision.Rejected(new RejectedOperation(workspace.name(), operation.session(), operation.seq(),
            RejectionCode.TOO_LARGE, "operation " + operation.seq() + " of session " + operation.session()
                + " comes to " + bytes + " bytes as a canonical record (expected: at most "
                + (settings.recordBytesMax() - AROUND_VALUE_BYTES) + ")", workspace.state().version(), null,
            operation.sourceOffset(), operation.timeMs()), true, accepted.fingerprint());
    }

    private static String clipped(String message) {
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX) + "…";
    }
}
