package dev.heddle.schemas.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.codec.Fields;

/** Writes the JSON form of operations; fields that are not set are left out. */
final class OperationWriter {

    private OperationWriter() {
    }

    static ObjectNode write(Operation operation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (operation instanceof Operation.Edit edit) {
            target(node.put("kind", "edit"), edit.target());
            ArrayNode changes = node.putArray("changes");
            edit.changes().forEach(change -> change(changes.addObject(), change));
            if (edit.anchor() != null) {
                search(node.putObject("anchor"), edit.anchor());
            }
            return node;
        }
        if (operation instanceof Operation.Replace replace) {
            target(node.put("kind", "replace"), replace.target());
            return search(node, replace.anchor());
        }
        if (operation instanceof Operation.Create create) {
            node.put("kind", "create").put("path", create.path()).put("text", create.text());
            return create.file() == null ? node : node.put("file", create.file());
        }
        if (operation instanceof Operation.Rename rename) {
            return target(node.put("kind", "rename"), rename.target()).put("to", rename.to());
        }
        if (operation instanceof Operation.Delete delete) {
            return target(node.put("kind", "delete"), delete.target());
        }
        if (operation instanceof Operation.Noop) {
            return node.put("kind", "noop");
        }
        throw Fields.bad("op", operation, "an operation");
    }

    private static ObjectNode target(ObjectNode node, FileReference target) {
        return target.file() != null ? node.put("file", target.file()) : node.put("path", target.path());
    }

    private static void change(ObjectNode node, Change change) {
        node.put("at", change.at()).put("delete", change.delete()).put("insert", change.insert());
        if (change.deleted() != null) {
            node.put("deleted", change.deleted());
        }
    }

    private static ObjectNode search(ObjectNode node, Anchor anchor) {
        String occurrence = switch (anchor.occurrence()) {
            case ONLY -> "only";
            case FIRST -> "first";
            case ALL -> "all";
        };
        return node.put("find", anchor.find()).put("with", anchor.with()).put("occurrence", occurrence);
    }
}
