package dev.heddle.schemas.json;

import static dev.heddle.schemas.json.JsonFields.integer;
import static dev.heddle.schemas.json.JsonFields.object;
import static dev.heddle.schemas.json.JsonFields.optionalText;
import static dev.heddle.schemas.json.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.codec.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the JSON form of operations. */
final class OperationReader {

    private static final Set<String> EDIT = Set.of("kind", "file", "path", "changes", "anchor");
    private static final Set<String> CHANGE = Set.of("at", "delete", "insert", "deleted");
    private static final Set<String> ANCHOR = Set.of("find", "with", "occurrence");
    private static final Set<String> REPLACE = Set.of("kind", "file", "path", "find", "with", "occurrence");
    private static final Set<String> CREATE = Set.of("kind", "path", "text", "file");
    private static final Set<String> RENAME = Set.of("kind", "file", "path", "to");
    private static final Set<String> DELETE = Set.of("kind", "file", "path");
    private static final Set<String> NOOP = Set.of("kind");

    private OperationReader() {
    }

    static Operation read(JsonNode node) {
        if (node == null || !node.isObject()) {
            throw Fields.bad("op", JsonFields.shown(node), "an object");
        }
        String kind = text("op.kind", node.get("kind"));
        switch (kind) {
            case "edit":
                object("op", node, EDIT);
                return new Operation.Edit(target(node), changes(node.get("changes")), anchor(node.get("anchor")));
            case "replace":
                object("op", node, REPLACE);
                return new Operation.Replace(target(node), search("op.", node));
            case "create":
                object("op", node, CREATE);
                String text = optionalText("op.text", node.get("text"));
                return new Operation.Create(text("op.path", node.get("path")), text == null ? "" : text,
                    optionalText("op.file", node.get("file")));
            case "rename":
                object("op", node, RENAME);
                return new Operation.Rename(target(node), text("op.to", node.get("to")));
            case "delete":
                object("op", node, DELETE);
                return new Operation.Delete(target(node));
            case "noop":
                object("op", node, NOOP);
                return new Operation.Noop();
            default:
                throw Fields.bad("op.kind", kind, "edit, replace, create, rename, delete or noop");
        }
    }

    private static FileReference target(JsonNode node) {
        return Fields.target(optionalText("op.file", node.get("file")), optionalText("op.path", node.get("path")));
    }

    private static List<Change> changes(JsonNode node) {
        if (node == null || !node.isArray()) {
            throw Fields.bad("op.changes", JsonFields.shown(node), "a list");
        }
        List<Change> changes = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            String name = "op.changes[" + changes.size() + "]";
            object(name, element, CHANGE);
            String insert = optionalText(name + ".insert", element.get("insert"));
            changes.add(new Change(integer(name + ".at", element.get("at"), null),
                integer(name + ".delete", element.get("delete"), 0), insert == null ? "" : insert,
                optionalText(name + ".deleted", element.get("deleted"))));
        }
        return changes;
    }

    private static Anchor anchor(JsonNode node) {
        return JsonFields.absent(node) ? null : search("op.anchor.", object("op.anchor", node, ANCHOR));
    }

    private static Anchor search(String prefix, JsonNode node) {
        return new Anchor(text(prefix + "find", node.get("find")), text(prefix + "with", node.get("with")),
            occurrence(prefix + "occurrence", node.get("occurrence")));
    }

    private static Anchor.Occurrence occurrence(String name, JsonNode node) {
        String word = optionalText(name, node);
        if (word == null) {
            return Anchor.Occurrence.ONLY;
        }
        return switch (word) {
            case "only" -> Anchor.Occurrence.ONLY;
            case "first" -> Anchor.Occurrence.FIRST;
            case "all" -> Anchor.Occurrence.ALL;
            default -> throw Fields.bad(name, word, "only, first or all");
        };
    }
}
