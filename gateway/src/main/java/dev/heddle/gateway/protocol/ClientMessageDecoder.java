package dev.heddle.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.json.OperationJson;
import java.util.UUID;

/**
 * Reads a client's text frames. Total: any input gives a message or a {@link ProtocolException}, never anything else.
 *
 * <p>Unknown fields are ignored, so that a newer client can talk to an older server; unknown types are refused.
 */
public final class ClientMessageDecoder {

    /** Longest name of a writer, in UTF-16 units. */
    public static final int NAME_LENGTH_MAX = 128;

    /** Longest presence state, in UTF-16 units. */
    public static final int STATE_LENGTH_MAX = 64;

    /** Longest token, in UTF-16 units. */
    private static final int TOKEN_LENGTH_MAX = 8_192;

    /** Longest trace context, in UTF-16 units. */
    private static final int TRACE_LENGTH_MAX = 128;

    /** Longest file id, in UTF-16 units. */
    private static final int FILE_LENGTH_MAX = 64;

    private final int messageBytesMax;

    /**
     * A decoder for messages up to a size.
     *
     * @param messageBytesMax largest message, in UTF-8 bytes
     */
    public ClientMessageDecoder(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /**
     * {@return the message in a text frame}
     *
     * @param text the frame's text
     * @throws ProtocolException if it is not a message of this protocol
     */
    public ClientMessage decode(String text) throws ProtocolException {
        ObjectNode json = parse(text);
        JsonNode type = json.get("type");
        if (type == null || !type.isTextual()) {
            throw bad("message has no text field type");
        }
        switch (type.textValue()) {
            case "hello":
                return hello(json);
            case "open":
                return new ClientMessage.Open(reference(json));
            case "submit":
                return submit(json);
            case "presence":
                return presence(json);
            default:
                throw new ProtocolException(RejectionCode.BAD_REQUEST, EdgeError.UNKNOWN_MESSAGE_TYPE, "type: "
                    + shown(type.textValue()) + " (expected: one of hello, open, submit, presence)");
        }
    }

    private ObjectNode parse(String text) throws ProtocolException {
        try {
            return OperationJson.parse(text, messageBytesMax);
        } catch (CodecException e) {
            throw new ProtocolException(e.code(), e.code() == RejectionCode.TOO_LARGE ? EdgeError.FRAME_TOO_LARGE
                : EdgeError.MALFORMED_MESSAGE, e.getMessage());
        }
    }

    private static ClientMessage hello(ObjectNode json) throws ProtocolException {
        String session = text(json, "session", FILE_LENGTH_MAX);
        if (session == null || !isUuid(session)) {
            throw bad("hello.session: " + shown(session) + " (expected: a UUID)");
        }
        Long resume = number(json, "resume");
        if (resume != null && resume < 0) {
            throw bad("hello.resume: " + resume + " (expected: a version, 0 or more)");
        }
        String follow = text(json, "follow", FILE_LENGTH_MAX);
        if (follow != null && !"all".equals(follow) && !"opened".equals(follow)) {
            throw bad("hello.follow: " + shown(follow) + " (expected: all or opened)");
        }
        return new ClientMessage.Hello(session, text(json, "name", NAME_LENGTH_MAX), resume,
            "opened".equals(follow) ? ClientMessage.Follow.OPENED : ClientMessage.Follow.ALL,
            text(json, "token", TOKEN_LENGTH_MAX));
    }

    private static FileReference reference(ObjectNode json) throws ProtocolException {
        String file = text(json, "file", FILE_LENGTH_MAX);
        String path = text(json, "path", Integer.MAX_VALUE);
        if ((file == null) == (path == null)) {
            throw bad("open: exactly one of file and path is expected");
        }
        return new FileReference(file, path);
    }

    private static ClientMessage submit(ObjectNode json) throws ProtocolException {
        Long seq = number(json, "seq");
        if (seq == null || seq < 1) {
            throw bad("submit.seq: " + seq + " (expected: a number from 1)");
        }
        try {
            Long base = number(json, "base");
            if (base == null || base < 0) {
                throw bad("submit.base: " + base + " (expected: a version, 0 or more)");
            }
            Long after = number(json, "after");
            JsonNode op = json.get("op");
            if (op == null || !op.isObject()) {
                throw bad("submit.op: missing (expected: an operation)");
            }
            Operation operation = OperationJson.submitted(op);
            WellFormed.check(operation);
            return new ClientMessage.Submit(seq, base, after, operation, text(json, "traceparent", TRACE_LENGTH_MAX));
        } catch (ProtocolException e) {
            return new ClientMessage.Unreadable(seq, e.code(), e.getMessage());
        } catch (RejectionException e) {
            return new ClientMessage.Unreadable(seq, e.code(), e.getMessage());
        } catch (CodecException e) {
            return new ClientMessage.Unreadable(seq, e.code(), e.getMessage());
        }
    }

    private static ClientMessage presence(ObjectNode json) throws ProtocolException {
        return new ClientMessage.Presence(text(json, "file", FILE_LENGTH_MAX), position(json, "anchor"),
            position(json, "head"), number(json, "version"), text(json, "state", STATE_LENGTH_MAX));
    }

    private static Integer position(ObjectNode json, String field) throws ProtocolException {
        Long value = number(json, field);
        if (value == null) {
            return null;
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw bad("presence." + field + ": " + value + " (expected: a position in code points)");
        }
        return value.intValue();
    }

    private static Long number(ObjectNode json, String field) throws ProtocolException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(field + ": " + shown(value.toString()) + " (expected: a whole number)");
        }
        return value.longValue();
    }

    private static String text(ObjectNode json, String field, int lengthMax) throws ProtocolException {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw bad(field + ": " + shown(value.toString()) + " (expected: a text)");
        }
        String text = value.textValue();
        if (text.length() > lengthMax) {
            throw new ProtocolException(RejectionCode.TOO_LARGE,
                field + ": " + text.length() + " characters (expected: at most " + lengthMax + ")");
        }
        WellFormed.check(field, text);
        return text;
    }

    /**
     * {@return whether a text is a UUID in its usual form of 36 characters}
     *
     * @param text the text
     */
    public static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String shown(String value) {
        return value == null ? "missing" : value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }

    private static ProtocolException bad(String message) {
        return new ProtocolException(RejectionCode.BAD_REQUEST, EdgeError.MALFORMED_MESSAGE, message);
    }
}
