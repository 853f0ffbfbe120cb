package dev.heddle.schemas.codec;

import static dev.heddle.schemas.codec.Fields.atLeast;
import static dev.heddle.schemas.codec.Fields.present;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Rejection;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Avro records to engine values and back. Stateless and pure; every method either returns the exact counterpart or
 * throws {@link CodecException} with {@link RejectionCode#BAD_REQUEST}.
 */
public final class OperationCodec {

    private static final Map<String, RejectionCode> CODES =
        Stream.of(RejectionCode.values()).collect(Collectors.toMap(RejectionCode::name, Function.identity()));

    private OperationCodec() {
    }

    /**
     * {@return a submitted record as the sequencer takes it}
     *
     * @param record       the record as read from a raw log
     * @param sourceOffset its offset
     * @param timeMs       its log-append time, milliseconds since 1970 UTC
     */
    public static Submission submission(ClientOp record, long sourceOffset, long timeMs) {
        return new Submission(Fields.session(record.getSession()), atLeast("seq", record.getSeq(), 1),
            atLeast("base", record.getBase(), 0), Fields.after(record.getAfter()), record.getAuthor(),
            checkSubmitted(AvroOperations.toEngine(record.getOp())), sourceOffset, timeMs);
    }

    /**
     * {@return the record of a submission; its offset and time are the log's business}
     *
     * @param submission what is to be written to a raw log
     */
    public static ClientOp clientOp(Submission submission) {
        return new ClientOp(Fields.session(submission.session()), atLeast("seq", submission.seq(), 1),
            atLeast("base", submission.base(), 0), Fields.after(submission.after()), submission.author(),
            AvroOperations.toAvro(checkSubmitted(submission.operation())), null);
    }

    /**
     * {@return an accepted operation as the engine knows it}
     *
     * @param record the record as read from the canonical topic
     */
    public static CanonicalOperation canonical(CanonicalOp record) {
        return new CanonicalOperation(present("workspace", record.getWorkspace()),
            atLeast("version", record.getVersion(), 1), record.getFile(), record.getPath(),
            present("author", record.getAuthor()), Fields.session(record.getSession()),
            atLeast("seq", record.getSeq(), 1), atLeast("base", record.getBase(), 0), Fields.after(record.getAfter()),
            atLeast("sourceOffset", record.getSourceOffset(), 0), record.getTime(),
            checkCanonical(AvroOperations.toEngine(record.getOp())), hash("previousHash", record.getPreviousHash()),
            hash("hash", record.getHash()));
    }

    /**
     * {@return the record of an accepted operation}
     *
     * @param operation the operation
     */
    public static CanonicalOp canonicalOp(CanonicalOperation operation) {
        return canonicalOp(operation, null);
    }

    /**
     * {@return the record of an accepted operation}
     *
     * @param operation the operation
     * @param via       how it came into the raw log, {@link Via#GATEWAY}, {@link Via#KAFKA} or null
     */
    public static CanonicalOp canonicalOp(CanonicalOperation operation, String via) {
        return new CanonicalOp(operation.workspace(), atLeast("version", operation.version(), 1), operation.file(),
            operation.path(), operation.author(), Fields.session(operation.session()),
            atLeast("seq", operation.seq(), 1), atLeast("base", operation.base(), 0), Fields.after(operation.after()),
            atLeast("sourceOffset", operation.sourceOffset(), 0), operation.timeMs(),
            AvroOperations.toAvro(checkCanonical(operation.operation())),
            ByteBuffer.wrap(operation.previousHash().bytes()), ByteBuffer.wrap(operation.hash().bytes()), via);
    }

    /**
     * {@return a refused operation as the engine knows it}. A code newer than this program is read as the general code
     * that asks the same of the writer, its name kept in front of the message.
     *
     * @param record the record as read from the topic of rejections
     */
    public static RejectedOperation rejected(Rejection record) {
        String name = present("code", record.getCode());
        String message = present("message", record.getMessage());
        RejectionCode code = CODES.get(name);
        if (code == null) {
            code = record.getRetriable() ? RejectionCode.UNAVAILABLE : RejectionCode.BAD_REQUEST;
            message = name + ": " + message;
        }
        return new RejectedOperation(present("workspace", record.getWorkspace()),
            present("session", record.getSession()), record.getSeq(), code, message, record.getVersion(),
            record.getExpectedSeq(), record.getSourceOffset(), record.getTime());
    }

    /**
     * {@return the record of a refused operation}
     *
     * @param rejected the refusal; its session and number stand as they were submitted, right or wrong
     */
    public static Rejection rejection(RejectedOperation rejected) {
        return new Rejection(rejected.workspace(), rejected.session(), rejected.seq(), rejected.code().name(),
            rejected.message(), rejected.code().retriable(), rejected.version(), rejected.expectedSeq(),
            rejected.sourceOffset(), rejected.timeMs());
    }

    /**
     * {@return the same operation, once it holds nothing that only a canonical operation may hold}
     *
     * @param operation an operation as a client wrote it, in whatever encoding
     */
    public static Operation checkSubmitted(Operation operation) {
        if (operation instanceof Operation.Edit edit) {
            if (edit.anchor() != null) {
                throw Fields.bad("anchor", "present", "absent; only canonical operations carry it, submit a replace");
            }
            for (Change change : edit.changes()) {
                if (change.deleted() != null) {
                    throw Fields.bad("deleted", "present", "absent; only canonical operations carry it");
                }
            }
        }
        return operation;
    }

    private static Operation checkCanonical(Operation operation) {
        if (operation instanceof Operation.Replace) {
            throw Fields.bad("op", "replace", "the edit it came to, with its anchor");
        }
        FileReference target = target(operation);
        if (target != null && target.file() == null) {
            throw Fields.bad("path", target.path(), "absent; canonical operations name files by id");
        }
        return operation;
    }

    private static FileReference target(Operation operation) {
        if (operation instanceof Operation.Edit edit) {
            return edit.target();
        }
        if (operation instanceof Operation.Rename rename) {
            return rename.target();
        }
        return operation instanceof Operation.Delete delete ? delete.target() : null;
    }

    private static Hash hash(String name, ByteBuffer buffer) {
        ByteBuffer view = present(name, buffer).duplicate();
        if (view.remaining() != Hash.LENGTH_BYTES) {
            throw Fields.bad(name, view.remaining() + " bytes", Hash.LENGTH_BYTES + " bytes");
        }
        byte[] bytes = new byte[Hash.LENGTH_BYTES];
        view.get(bytes);
        return Hash.of(bytes);
    }
}
