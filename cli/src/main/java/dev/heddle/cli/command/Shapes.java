package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.json.OperationJson;

/** The JSON that {@code --json} prints: the same field names as the gateway's. Pure. */
final class Shapes {

    private Shapes() {
    }

    static ObjectNode workspace(WorkspaceSummary workspace) {
        ObjectNode node = object().put("name", workspace.name());
        if (workspace.version() >= 0) {
            node.put("version", workspace.version());
        }
        if (workspace.shard() >= 0) {
            node.put("shard", workspace.shard());
        }
        if (!workspace.topics().isEmpty()) {
            ObjectNode topics = node.putObject("topics");
            workspace.topics().forEach(topics::put);
        }
        return node;
    }

    static ObjectNode entry(TreeEntry entry) {
        return object().put("file", entry.file()).put("path", entry.path()).put("length", entry.lengthCodePoints())
            .put("version", entry.version());
    }

    static ObjectNode operation(LoggedOperation operation) {
        ObjectNode node = object().put("version", operation.version());
        if (operation.file() != null) {
            node.put("file", operation.file()).put("path", operation.path());
        }
        node.put("author", operation.author()).put("session", operation.session()).put("seq", operation.seq())
            .put("time", operation.timeMs()).put("hash", operation.hash());
        node.set("op", OperationJson.json(operation.operation()));
        return node;
    }

    static ObjectNode raw(RawRecord record) {
        ObjectNode node = object().put("offset", record.offset()).put("time", record.timeMs());
        Submission submission = record.submission();
        if (submission == null) {
            return node.put("unreadable", record.problem());
        }
        return node.setAll(OperationJson.submission(submission));
    }

    static ObjectNode run(BlameRun run) {
        return object().put("text", run.text()).put("version", run.version()).put("author", run.author())
            .put("session", run.session()).put("time", run.timeMs());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
