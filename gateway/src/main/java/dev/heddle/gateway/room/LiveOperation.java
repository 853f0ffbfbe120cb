package dev.heddle.gateway.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.FrameEncoder;
import dev.heddle.schemas.json.OperationJson;

/**
 * One committed operation on its way to sockets: what a room must know of it, and its frame, encoded when it is first
 * asked for and shared from then on. One thread at a time, its room's.
 */
public final class LiveOperation {

    private final long version;
    private final String file;
    private final String path;
    private final String session;
    private final long seq;
    private final long timeMs;
    private final Operation operation;
    private final FrameEncoder encoder;
    private ObjectNode json;
    private CanonicalOperation canonical;
    private String traceparent;
    private Frame frame;

    private LiveOperation(long version, String file, String path, String session, long seq, long timeMs,
                          Operation operation, FrameEncoder encoder) {
        this.version = version;
        this.file = file;
        this.path = path;
        this.session = session;
        this.seq = seq;
        this.timeMs = timeMs;
        this.operation = operation;
        this.encoder = encoder;
    }

    /**
     * {@return an operation as it came from the feed}
     *
     * @param canonical   the complete record
     * @param traceparent the W3C trace context that came with it, or null
     * @param encoder     makes its frame
     */
    public static LiveOperation of(CanonicalOperation canonical, String traceparent, FrameEncoder encoder) {
        LiveOperation live = new LiveOperation(canonical.version(), canonical.file(), canonical.path(),
            canonical.session(), canonical.seq(), canonical.timeMs(), canonical.operation(), encoder);
        live.canonical = canonical;
        live.traceparent = traceparent;
        return live;
    }

    /**
     * {@return an operation as the reader tells of it}
     *
     * @param message the {@code op} message, with its type
     * @param encoder makes its frame
     * @throws RuntimeException if the message lacks a field of the protocol
     */
    public static LiveOperation of(ObjectNode message, FrameEncoder encoder) {
        LiveOperation live = new LiveOperation(message.path("version").longValue(),
            message.path("file").textValue(), message.path("path").textValue(),
            message.path("session").asText(), message.path("seq").longValue(),
            message.path("time").longValue(), OperationJson.operation(message.path("op")), encoder);
        live.json = message;
        return live;
    }

    /** {@return its version} */
    public long version() {
        return version;
    }

    /** {@return the id of the file it touches, or null} */
    public String file() {
        return file;
    }

    /** {@return that file's path after it, or null} */
    public String path() {
        return path;
    }

    /** {@return the writer's session} */
    public String session() {
        return session;
    }

    /** {@return its number in that session} */
    public long seq() {
        return seq;
    }

    /** {@return when it was appended to the raw log, milliseconds since 1970 UTC} */
    public long timeMs() {
        return timeMs;
    }

    /** {@return what was done} */
    public Operation operation() {
        return operation;
    }

    /** {@return whether it changes which files there are, not only a text} */
    public boolean changesTree() {
        return operation instanceof Operation.Create || operation instanceof Operation.Rename
            || operation instanceof Operation.Delete;
    }

    /** {@return the {@code op} message as JSON; not to be changed} */
    public ObjectNode json() {
        if (json == null) {
            json = OperationJson.opMessage(canonical);
            if (traceparent != null) {
                json.put("traceparent", traceparent);
            }
        }
        return json;
    }

    /** {@return the {@code op} message, encoded at the first call} */
    public Frame frame() {
        if (frame == null) {
            frame = encoder.encode(json());
            json = canonical == null ? json : null;
        }
        return frame;
    }
}
