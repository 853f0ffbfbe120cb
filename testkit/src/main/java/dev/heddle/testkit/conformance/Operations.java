package dev.heddle.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Operations in the protocol's JSON form, and what a canonical one does to a text. */
final class Operations {

    private Operations() {
    }

    static ObjectNode create(String path, String text) {
        return Server.object().put("kind", "create").put("path", path).put("text", text);
    }

    static ObjectNode insert(String path, int at, String text) {
        return change(path, at, 0, text);
    }

    static ObjectNode change(String path, int at, int delete, String insert) {
        ObjectNode edit = Server.object().put("kind", "edit").put("path", path);
        edit.putArray("changes").addObject().put("at", at).put("delete", delete).put("insert", insert);
        return edit;
    }

    static ObjectNode replace(String path, String find, String with, String occurrence) {
        return Server.object().put("kind", "replace").put("path", path).put("find", find).put("with", with)
            .put("occurrence", occurrence);
    }

    static ObjectNode rename(String path, String to) {
        return Server.object().put("kind", "rename").put("path", path).put("to", to);
    }

    static ObjectNode delete(String path) {
        return Server.object().put("kind", "delete").put("path", path);
    }

    static ObjectNode noop() {
        return Server.object().put("kind", "noop");
    }

    /** {@return a text after a canonical edit}; breaks the rule where {@code deleted} is not what stood there. */
    static String applied(String text, JsonNode edit) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        int taken = 0;
        for (JsonNode change : edit.path("changes")) {
            int at = change.path("at").asInt();
            int end = at + change.path("delete").asInt();
            BrokenRuleException.unless(at >= taken && end <= points.length,
                "changes not ascending or outside the text of length %d: %s", points.length, edit);
            String deleted = new String(points, at, end - at);
            BrokenRuleException.unlessEqual(deleted, change.path("deleted").asText(""), "deleted of " + change);
            out.append(new String(points, taken, at - taken)).append(change.path("insert").asText());
            taken = end;
        }
        return out.append(new String(points, taken, points.length - taken)).toString();
    }
}
