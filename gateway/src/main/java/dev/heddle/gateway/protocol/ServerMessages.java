package dev.heddle.gateway.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import java.util.Map;

/** The messages a server sends, as JSON objects in the shapes of the protocol page. */
public final class ServerMessages {

    private ServerMessages() {
    }

    /**
     * {@return the answer to hello}
     *
     * @param session   the session
     * @param workspace the workspace
     * @param version   the newest version this socket will be brought to before anything newer
     * @param limits    the limits a client can meet, by name
     */
    public static ObjectNode welcome(String session, String workspace, long version, Map<String, Long> limits) {
        ObjectNode message = message("welcome");
        message.put("session", session).put("workspace", workspace).put("version", version);
        ObjectNode shown = message.putObject("limits");
        limits.forEach(shown::put);
        return message;
    }

    /**
     * {@return the answer to open}
     *
     * @param file    the file's id
     * @param path    its path at that version
     * @param version the version the text is as of: the last one sent on this socket
     * @param text    the whole text
     * @param hash    SHA-256 of the text's UTF-8 bytes, hex
     */
    public static ObjectNode opened(String file, String path, long version, String text, String hash) {
        return message("opened").put("file", file).put("path", path).put("version", version).put("text", text)
            .put("hash", hash);
    }

    /**
     * A refusal by the gateway itself, before the operation reached the log.
     *
     * @param seq          the operation's number
     * @param code         the permanent code
     * @param detail       names the thing, the value and the rule
     * @param version      the newest version known here
     * @param retryAfterMs how long to wait before sending again, in milliseconds, or null
     * @return the message
     */
    public static ObjectNode rejected(long seq, RejectionCode code, String detail, long version, Long retryAfterMs) {
        ObjectNode message = message("rejected");
        message.put("seq", seq).put("code", code.name()).put("message", detail).put("retriable", code.retriable())
            .put("version", version);
        if (retryAfterMs != null) {
            message.put("retryAfterMs", retryAfterMs);
        }
        return message;
    }

    /**
     * {@return where a session is, for the others}
     *
     * @param state the state; only what is known is written
     */
    public static ObjectNode presence(PresenceState state) {
        ObjectNode message = message("presence").put("session", state.session());
        if (state.left()) {
            return message.put("left", true);
        }
        putText(message, "name", state.name());
        putText(message, "color", state.color());
        putText(message, "file", state.file());
        if (state.anchor() != null) {
            message.put("anchor", state.anchor());
        }
        if (state.head() != null) {
            message.put("head", state.head());
        }
        if (state.version() != null) {
            message.put("version", state.version());
        }
        putText(message, "state", state.state());
        return message;
    }

    /**
     * {@return an error; one about the whole socket is followed by its close}
     *
     * @param code   the permanent code
     * @param detail names the thing, the value and the rule
     */
    public static ObjectNode error(String code, String detail) {
        return message("error").put("code", code).put("message", detail);
    }

    /**
     * {@return an error about one open; the socket stays as it is}
     *
     * @param target the file as asked for
     * @param code   the permanent code
     * @param detail names the thing, the value and the rule
     */
    public static ObjectNode openFailed(FileReference target, RejectionCode code, String detail) {
        ObjectNode message = error(code.name(), detail);
        putText(message, "file", target.file());
        putText(message, "path", target.path());
        return message;
    }

    private static void putText(ObjectNode message, String field, String value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
