package dev.heddle.snapshotter.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.LineDiff;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.FileVersion;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The read API's answers, in the shapes that its clients know. Stateless. */
final class Answers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Answers() {
    }

    static Answer head(String workspace, WorkspaceReader.Head head) {
        return json(JSON.objectNode().put("name", workspace).put("version", head.version()).put("hash", head.hash())
            .put("time", head.timeMs()).put("oldestVersion", head.oldestVersion()));
    }

    static Answer tree(WorkspaceReader.Tree tree) {
        ObjectNode body = JSON.objectNode().put("version", tree.version());
        ArrayNode files = body.putArray("files");
        for (FileVersion file : tree.files()) {
            files.addObject().put("file", file.file()).put("path", file.path()).put("length", file.length())
                .put("version", file.version());
        }
        return json(body);
    }

    static Answer text(WorkspaceReader.FileAt found) {
        FileState file = found.state();
        Map<String, String> headers = Map.of(
            "Heddle-Version", Long.toString(found.version()),
            "Heddle-File", file.file(),
            "Heddle-Path", URLEncoder.encode(file.path(), StandardCharsets.UTF_8).replace("+", "%20"),
            "Heddle-File-Version", Long.toString(file.version()),
            "Heddle-Hash", file.text().sha256Hex());
        return new Answer(Answer.TEXT, headers, Buffer.buffer(file.text().toString()));
    }

    static Answer operations(WorkspaceReader.Page page) {
        ObjectNode body = JSON.objectNode();
        ArrayNode operations = body.putArray("ops");
        for (CanonicalOperation operation : page.operations()) {
            operations.add(OperationJson.opMessage(operation));
        }
        if (page.next() != null) {
            body.put("next", page.next());
        }
        return json(body.put("version", page.version()));
    }

    static Answer blame(WorkspaceReader.FileAt found) {
        ObjectNode body = JSON.objectNode().put("version", found.version());
        ArrayNode runs = body.putArray("runs");
        String text = found.state().text().toString();
        int at = 0;
        for (TextRun run : found.state().runs().runs()) {
            int end = text.offsetByCodePoints(at, run.length());
            runs.addObject().put("text", text.substring(at, end)).put("version", run.origin().version())
                .put("author", run.origin().author()).put("session", run.origin().session())
                .put("time", run.origin().timeMs());
            at = end;
        }
        return json(body);
    }

    static Answer diff(WorkspaceReader.Comparison comparison) {
        ObjectNode body = JSON.objectNode();
        side(body.putObject("from"), comparison.from(), comparison.before());
        side(body.putObject("to"), comparison.to(), comparison.after());
        LineDiff diff = LineDiff.between(text(comparison.before()), text(comparison.after()));
        ArrayNode hunks = body.put("coarse", diff.coarse()).putArray("hunks");
        for (LineDiff.Hunk hunk : diff.hunks()) {
            ObjectNode node = hunks.addObject().put("fromLine", hunk.fromLine()).put("fromCount", hunk.fromCount())
                .put("toLine", hunk.toLine()).put("toCount", hunk.toCount());
            ArrayNode lines = node.putArray("lines");
            hunk.lines().forEach(line -> lines.addObject().put("kind", line.kind().label()).put("text", line.text()));
        }
        return json(body);
    }

    static Answer unifiedDiff(WorkspaceReader.Comparison comparison) {
        LineDiff diff = LineDiff.between(text(comparison.before()), text(comparison.after()));
        String from = comparison.before() == null ? "/dev/null" : "a/" + comparison.before().path();
        String to = comparison.after() == null ? "/dev/null" : "b/" + comparison.after().path();
        return new Answer(Answer.DIFF, Map.of("Heddle-Version", Long.toString(comparison.to())),
            Buffer.buffer(diff.unified(from + "\tversion " + comparison.from(), to + "\tversion " + comparison.to())));
    }

    private static void side(ObjectNode node, long version, FileState file) {
        node.put("version", version);
        if (file != null) {
            node.put("file", file.file()).put("path", file.path());
        }
    }

    private static String text(FileState file) {
        return file == null ? "" : file.text().toString();
    }

    private static Answer json(ObjectNode body) {
        return new Answer(Answer.JSON, Map.of(), Buffer.buffer(body.toString()));
    }
}
