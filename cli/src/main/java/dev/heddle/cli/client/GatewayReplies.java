package dev.heddle.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.TreeEntry;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway's JSON answers read into values; fields this command does not know are ignored. Pure. */
final class GatewayReplies {

    private GatewayReplies() {
    }

    static List<WorkspaceSummary> workspaces(JsonNode answer) {
        List<WorkspaceSummary> all = new ArrayList<>();
        for (JsonNode item : array(answer, "workspaces")) {
            all.add(workspace(item));
        }
        all.sort(Comparator.comparing(WorkspaceSummary::name));
        return all;
    }

    static WorkspaceSummary workspace(JsonNode item) {
        if (item.isTextual()) {
            return new WorkspaceSummary(item.textValue(), -1, -1, Map.of());
        }
        Map<String, String> topics = new LinkedHashMap<>();
        item.path("topics").properties().forEach(topic -> topics.put(topic.getKey(), topic.getValue().asText()));
        return new WorkspaceSummary(item.path("name").asText(), item.path("version").asLong(-1),
            item.path("shard").asInt(-1), topics);
    }

    static List<TreeEntry> tree(JsonNode answer) {
        List<TreeEntry> entries = new ArrayList<>();
        for (JsonNode item : array(answer, "files")) {
            entries.add(new TreeEntry(item.path("file").asText(), item.path("path").asText(),
                item.path("length").asLong(), item.path("version").asLong()));
        }
        entries.sort(Comparator.comparing(TreeEntry::path));
        return entries;
    }

    static List<LoggedOperation> operations(JsonNode answer) {
        List<LoggedOperation> operations = new ArrayList<>();
        for (JsonNode item : array(answer, "ops")) {
            operations.add(operation(item));
        }
        return operations;
    }

    static LoggedOperation operation(JsonNode item) {
        return new LoggedOperation(item.path("version").asLong(), item.path("file").asText(null),
            item.path("path").asText(null), item.path("author").asText("anonymous"), item.path("session").asText(""),
            item.path("seq").asLong(), item.path("time").asLong(), item.path("hash").asText(""),
            OperationJson.operation(item.path("op")));
    }

    static List<BlameRun> blame(JsonNode answer) {
        List<BlameRun> runs = new ArrayList<>();
        for (JsonNode item : array(answer, "runs")) {
            runs.add(new BlameRun(item.path("text").asText(), item.path("version").asLong(),
                item.path("author").asText("anonymous"), item.path("session").asText(""), item.path("time").asLong()));
        }
        return runs;
    }

    private static JsonNode array(JsonNode answer, String field) {
        return answer.isArray() ? answer : answer.path(field);
    }
}
