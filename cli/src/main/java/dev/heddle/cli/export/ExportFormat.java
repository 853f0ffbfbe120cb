package dev.heddle.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.cli.verify.RunsHash;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.cli.verify.SnapshotText;
import dev.heddle.cli.verify.UnreadableRecordException;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The lines of an export file: JSON objects with one field that says what they are. The format is documented in
 * {@code docs/reference/export.md}. Pure.
 */
final class ExportFormat {

    /** Version of the format, in the header. */
    static final int FORMAT = 1;

    private static final Set<String> RAW =
        Set.of("offset", "time", "session", "seq", "base", "after", "author", "op", "unreadable", "others");
    private static final Set<String> CANONICAL = Set.of("workspace", "key", "version", "file", "path", "author",
        "session", "seq", "base", "after", "sourceOffset", "time", "op", "previousHash", "hash", "unreadable");
    private static final Set<String> SNAPSHOT = Set.of("key", "file", "path", "deleted", "version", "fileVersion",
        "text", "deletedText", "hash", "chainHash", "time", "oldest", "runs", "unreadable");
    private static final Set<String> RUN = Set.of("length", "version", "author", "session", "time");

    private ExportFormat() {
    }

    static ObjectNode raw(RawRecord record) {
        ObjectNode node = object().put("offset", record.offset()).put("time", record.timeMs());
        if (record.others() > 0) {
            node.put("others", record.others());
        }
        Submission submission = record.submission();
        if (submission == null) {
            return line("raw", node.put("unreadable", record.problem()));
        }
        return line("raw", node.setAll(OperationJson.submission(submission)));
    }

    static RawRecord raw(JsonNode node) {
        known(node, RAW);
        long offset = node.path("offset").asLong(-1);
        long timeMs = node.path("time").asLong();
        long others = node.path("others").asLong();
        if (node.hasNonNull("unreadable")) {
            return new RawRecord(offset, timeMs, null, node.path("unreadable").asText(), others);
        }
        return RawRecord.of(new Submission(node.path("session").asText(), node.path("seq").asLong(),
            node.path("base").asLong(), after(node), node.path("author").asText(null),
            OperationJson.operation(node.path("op")), offset, timeMs)).after(others);
    }

    static ObjectNode canonical(CanonicalRecord record) {
        ObjectNode node = object().put("version", record.version());
        if (record.isTombstone()) {
            return line("tombstone", node);
        }
        CanonicalOperation operation;
        try {
            operation = record.content().get();
        } catch (UnreadableRecordException error) {
            return line("canonical", node.put("unreadable", error.getMessage()));
        }
        node.put("workspace", operation.workspace());
        if (operation.version() != record.version()) {
            node.put("key", record.version()).put("version", operation.version());
        }
        if (operation.file() != null) {
            node.put("file", operation.file());
        }
        if (operation.path() != null) {
            node.put("path", operation.path());
        }
        node.put("author", operation.author()).put("session", operation.session()).put("seq", operation.seq())
            .put("base", operation.base());
        if (operation.after() != null) {
            node.put("after", operation.after());
        }
        node.put("sourceOffset", operation.sourceOffset()).put("time", operation.timeMs());
        node.set("op", OperationJson.json(operation.operation()));
        return line("canonical", node.put("previousHash", operation.previousHash().hex())
            .put("hash", operation.hash().hex()));
    }

    static CanonicalRecord canonical(long position, JsonNode node) {
        long version = node.path("version").asLong();
        return new CanonicalRecord(position, node.path("key").asLong(version), null, () -> operation(node));
    }

    private static CanonicalOperation operation(JsonNode node) {
        if (node.hasNonNull("unreadable")) {
            throw new UnreadableRecordException(node.path("unreadable").asText());
        }
        try {
            known(node, CANONICAL);
            return new CanonicalOperation(node.path("workspace").asText(), node.path("version").asLong(),
                node.path("file").asText(null), node.path("path").asText(null), node.path("author").asText(),
                node.path("session").asText(), node.path("seq").asLong(), node.path("base").asLong(), after(node),
                node.path("sourceOffset").asLong(), node.path("time").asLong(),
                OperationJson.operation(node.path("op")), hash(node, "previousHash"),
                hash(node, "hash"));
        } catch (RuntimeException error) {
            throw new UnreadableRecordException(error.getMessage());
        }
    }

    static ObjectNode snapshot(SnapshotText snapshot) {
        SnapshotRecord record = snapshot.record();
        ObjectNode node = object().put("key", record.key());
        if (record.problem() != null) {
            return line("snapshot", node.put("unreadable", record.problem()));
        }
        node.put("file", record.file()).put("path", record.path()).put("deleted", record.deleted())
            .put("version", record.version()).put("fileVersion", record.fileVersion()).put("text", snapshot.text());
        if (snapshot.deletedText() != null) {
            node.put("deletedText", snapshot.deletedText());
        }
        node.put("hash", record.statedHash()).put("chainHash", record.chainHash()).put("time", record.timeMs())
            .put("oldest", record.oldest());
        if (snapshot.runs() != null) {
            ArrayNode runs = node.putArray("runs");
            snapshot.runs().forEach(run -> runs.addObject().put("length", run.length())
                .put("version", run.origin().version()).put("author", run.origin().author())
                .put("session", run.origin().session()).put("time", run.origin().timeMs()));
        }
        return line("snapshot", node);
    }

    /** Null where the line does not say who wrote what. */
    private static String runsHash(JsonNode node) {
        if (!node.has("runs")) {
            return null;
        }
        List<TextRun> runs = new ArrayList<>();
        for (JsonNode run : node.path("runs")) {
            known(run, RUN);
            runs.add(new TextRun(run.path("length").asInt(), new Origin(run.path("version").asLong(),
                run.path("author").asText(), run.path("session").asText(), run.path("time").asLong())));
        }
        return RunsHash.of(runs);
    }

    static SnapshotRecord snapshot(long position, JsonNode node) {
        String strange = strange(node, SNAPSHOT);
        if (strange != null) {
            return SnapshotRecord.unreadable(position, node.path("key").asText(), "unknown field " + strange);
        }
        if (node.hasNonNull("unreadable")) {
            return SnapshotRecord.unreadable(position, node.path("key").asText(), node.path("unreadable").asText());
        }
        String runsHash;
        try {
            runsHash = runsHash(node);
        } catch (UnreadableRecordException | IllegalArgumentException error) {
            return SnapshotRecord.unreadable(position, node.path("key").asText(), error.getMessage());
        }
        Text text = Text.of(node.path("text").asText());
        String deletedText = node.path("deletedText").asText(null);
        return new SnapshotRecord(position, node.path("key").asText(), node.path("file").asText(),
            node.path("path").asText(), node.path("deleted").asBoolean(), node.path("version").asLong(),
            node.path("fileVersion").asLong(), text.lengthCodePoints(), text.sha256Hex(), node.path("hash").asText(),
            deletedText == null ? null : Text.of(deletedText).sha256Hex(), node.path("chainHash").asText(),
            node.path("time").asLong(), node.path("oldest").asLong(), runsHash, null);
    }

    private static Hash hash(JsonNode node, String field) {
        String hex = node.path(field).asText();
        Hash hash = Hash.ofHex(hex);
        if (!hash.hex().equals(hex)) {
            throw new UnreadableRecordException(field + " " + hex + " (expected: lower-case hex digits)");
        }
        return hash;
    }

    /** A field that is not known is a field whose name was changed. */
    private static void known(JsonNode node, Set<String> fields) {
        String strange = strange(node, fields);
        if (strange != null) {
            throw new UnreadableRecordException("unknown field " + strange);
        }
    }

    private static String strange(JsonNode node, Set<String> fields) {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!fields.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private static Long after(JsonNode node) {
        return node.hasNonNull("after") ? node.path("after").asLong() : null;
    }

    static ObjectNode line(String kind, ObjectNode content) {
        ObjectNode line = object();
        line.set(kind, content);
        return line;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
