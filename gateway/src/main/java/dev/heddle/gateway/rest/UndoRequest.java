package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.UndoSelection;
import dev.heddle.engine.RejectionCode;

/**
 * What a body asks to take back.
 *
 * @param selection which operations; never everything by having left all out
 * @param dryRun    whether only to say what would be done
 */
record UndoRequest(UndoSelection selection, boolean dryRun) {

    static UndoRequest of(ObjectNode body) {
        UndoSelection selection = new UndoSelection(text(body, "author"), text(body, "session"), version(body, "from"),
            version(body, "to"));
        if (selection.isEmpty()) {
            throw new ApiException(RejectionCode.BAD_REQUEST,
                "nothing is selected (expected: version, or any of author, session, from and to)");
        }
        if (selection.from() != null && selection.to() != null && selection.from() > selection.to()) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "from: " + selection.from() + " (expected: at most to, "
                + selection.to() + ")");
        }
        return new UndoRequest(selection, body.path("dryRun").asBoolean(false));
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
