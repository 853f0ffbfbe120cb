package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;

/**
 * Which operations are to be taken back: all that fit what is given.
 *
 * @param author  this author's, or null for anybody's
 * @param session those of sessions that begin like this, or null for any
 * @param from    from this version, or null for the oldest kept
 * @param to      up to this version, or null for the newest
 * @param dryRun  whether only to say what would be done
 */
record UndoSelection(String author, String session, Long from, Long to, boolean dryRun) {

    static UndoSelection of(ObjectNode body) {
        UndoSelection selection = new UndoSelection(text(body, "author"), text(body, "session"), version(body, "from"),
            version(body, "to"), body.path("dryRun").asBoolean(false));
        if (selection.author == null && selection.session == null && selection.from == null && selection.to == null) {
            throw new ApiException(RejectionCode.BAD_REQUEST,
                "nothing is selected (expected: version, or any of author, session, from and to)");
        }
        if (selection.from != null && selection.to != null && selection.from > selection.to) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "from: " + selection.from + " (expected: at most to, "
                + selection.to + ")");
        }
        return selection;
    }

    boolean selects(JsonNode message) {
        long version = message.path("version").longValue();
        return (from == null || version >= from) && (to == null || version <= to)
            && (author == null || author.equals(message.path("author").textValue()))
            && (session == null || message.path("session").textValue().startsWith(session));
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (value != null && (!value.isTextual() || value.textValue().isEmpty())) {
            throw new ApiException(RejectionCode.BAD_REQUEST, field + ": " + value + " (expected: a text)");
        }
        return value == null ? null : value.textValue();
    }

    private static Long version(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (value != null && (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1)) {
            throw new ApiException(RejectionCode.BAD_REQUEST, field + ": " + value + " (expected: a version, from 1)");
        }
        return value == null ? null : value.longValue();
    }
}
