package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** Files by REST. */
final class FileRules {

    /** Line ends of all kinds, no end at the end, a byte order mark, characters beyond 16 bits. */
    private static final String SACRED = "\ufeffone\r\ntwo\rthree\n\t \ud83d\ude00e\u0301";

    private static final List<String> FIELDS =
        List.of("version", "file", "path", "author", "session", "seq", "time", "hash", "op");

    private FileRules() {
    }

    static List<Rule> all() {
        return List.of(
            new Rule("file.put", "PUT creates a file and answers {file, path, version}; GET gives the same text back, "
                + "with ETag, Heddle-Version and Heddle-File", FileRules::put),
            new Rule("file.minimal", "PUT of a changed text is a minimal edit", FileRules::minimal),
            new Rule("file.if-match", "PUT with an If-Match that no longer holds changes nothing", FileRules::ifMatch),
            new Rule("file.tree", "GET files lists file, path, length in code points and version", FileRules::tree),
            new Rule("file.past", "GET with ?version=V gives the text as of V", FileRules::past),
            new Rule("file.unknown", "A file that is not there is 404 UNKNOWN_FILE", FileRules::unknown),
            new Rule("file.path", "A path that is not relative and plain is PATH_INVALID", FileRules::paths),
            new Rule("file.patch", "PATCH takes an edit or a replace and answers the canonical op", FileRules::patch),
            new Rule("file.anchor", "replace: only, first, all; ANCHOR_NOT_FOUND and ANCHOR_AMBIGUOUS",
                FileRules::anchors),
            new Rule("file.rename", "A rename keeps the file's id and frees the old path", FileRules::rename),
            new Rule("file.delete", "DELETE takes the file from the tree", FileRules::delete),
            new Rule("ops.page", "GET ops gives operations after V in order without gaps, limit at a time",
                FileRules::ops),
            new Rule("blame.covers", "blame's runs cover the text in its order", FileRules::blame),
            new Rule("revert.state", "revert brings back the state at a version by new operations", FileRules::revert));
    }

    private static String files(String workspace) {
        return "/api/workspaces/" + workspace + "/files";
    }

    private static long written(Server server, String workspace, String path, String text) {
        HttpResponse<String> answer = server.put(files(workspace) + "/" + path, text);
        unlessEqual(2, answer.statusCode() / 100, "hundreds of the status of PUT, " + answer.body());
        return Server.parsed(answer.body()).path("version").asLong();
    }

    private static void put(Server server) {
        String workspace = server.workspace();
        HttpResponse<String> made = server.put(files(workspace) + "/src/a.txt", SACRED);
        JsonNode file = Server.parsed(made.body());
        unlessEqual("src/a.txt", file.path("path").asText(), "path");
        unlessEqual(1L, file.path("version").asLong(), "version");
        HttpResponse<String> read = server.get(files(workspace) + "/src/a.txt");
        unlessEqual(SACRED, read.body(), "text");
        unless(read.headers().firstValue("ETag").isPresent(), "no ETag");
        unlessEqual("1", read.headers().firstValue("Heddle-Version").orElse("none"), "Heddle-Version");
        unlessEqual(file.path("file").asText(), read.headers().firstValue("Heddle-File").orElse("none"), "Heddle-File");
    }

    private static void minimal(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "a.txt", "one two three");
        long version = written(server, workspace, "a.txt", "one 2 three");
        JsonNode op = server.read("/api/workspaces/" + workspace + "/ops?after=" + (version - 1)).at("/ops/0/op");
        unlessEqual("edit", op.path("kind").asText(), "kind");
        int deleted = 0;
        for (JsonNode change : op.path("changes")) {
            deleted += change.path("delete").asInt();
        }
        unless(deleted <= 3, "code points deleted: %d in %s (expected: at most 3)", deleted, op);
    }

    private static void ifMatch(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "a.txt", "one");
        String tag = server.get(files(workspace) + "/a.txt").headers().firstValue("ETag").orElse("none");
        HttpResponse<String> allowed = server.put(files(workspace) + "/a.txt", "two", "If-Match", tag);
        unlessEqual(2, allowed.statusCode() / 100, "hundreds of the status with the ETag just read");
        HttpResponse<String> late = server.put(files(workspace) + "/a.txt", "three", "If-Match", tag);
        unlessEqual(412, late.statusCode(), "status with an old ETag");
        unlessEqual("two", server.get(files(workspace) + "/a.txt").body(), "text");
    }

    private static void tree(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "b.txt", "\ud83d\ude00x");
        written(server, workspace, "a.txt", "");
        JsonNode tree = server.read(files(workspace));
        JsonNode entries = tree.isArray() ? tree : tree.path("files");
        unlessEqual(2, entries.size(), "files in " + tree);
        for (JsonNode entry : entries) {
            unless(entry.hasNonNull("file") && entry.path("version").isIntegralNumber(), "entry %s", entry);
            unlessEqual(entry.path("path").asText().equals("b.txt") ? 2 : 0, entry.path("length").asInt(-1), "length");
        }
    }

    private static void past(Server server) {
        String workspace = server.workspace();
        long first = written(server, workspace, "a.txt", "one");
        written(server, workspace, "a.txt", "two");
        unlessEqual("one", server.get(files(workspace) + "/a.txt?version=" + first).body(), "text as of " + first);
        unlessEqual("two", server.get(files(workspace) + "/a.txt").body(), "text now");
    }

    private static void unknown(Server server) {
        Server.refused(server.get(files(server.workspace()) + "/none.txt"), "UNKNOWN_FILE", 404);
    }

    private static void paths(Server server) {
        String workspace = server.workspace();
        for (String path : List.of("a//b", "a/%2E%2E/b", "%2E/a", "a".repeat(1025))) {
            Server.refused(server.put(files(workspace) + "/" + path, "x"), "PATH_INVALID", 400, 422);
        }
    }

    private static void patch(Server server) {
        String workspace = server.workspace();
        long base = written(server, workspace, "a.txt", "one");
        written(server, workspace, "a.txt", "zero one");
        // Written against the text before: it is brought over what came since.
        ObjectNode edit = Operations.insert("a.txt", 3, "!");
        edit.remove("path");
        HttpResponse<String> answer = server.json("PATCH", files(workspace) + "/a.txt", edit.put("base", base));
        unlessEqual(200, answer.statusCode(), "status of PATCH " + answer.body());
        JsonNode op = Server.parsed(answer.body());
        unlessEqual(3L, op.path("version").asLong(), "version");
        unlessEqual("zero one!", Operations.applied("zero one", op.path("op")), "text by the canonical op");
        unlessEqual("zero one!", server.get(files(workspace) + "/a.txt").body(), "text");
    }

    private static void anchors(Server server) {
        String workspace = server.workspace();
        String address = files(workspace) + "/a.txt";
        written(server, workspace, "a.txt", "x y x y");
        Server.refused(server.json("PATCH", address, replace("z", "q", "only")), "ANCHOR_NOT_FOUND", 409, 422);
        Server.refused(server.json("PATCH", address, replace("x", "q", "only")), "ANCHOR_AMBIGUOUS", 409, 422);
        unlessEqual(200, server.json("PATCH", address, replace("x", "1", "first")).statusCode(), "status of first");
        unlessEqual(200, server.json("PATCH", address, replace("y", "2", "all")).statusCode(), "status of all");
        unlessEqual(200, server.json("PATCH", address, replace("x", "3", "only")).statusCode(), "status of only");
        unlessEqual("1 2 3 2", server.get(address).body(), "text");
    }

    private static ObjectNode replace(String find, String with, String occurrence) {
        ObjectNode replace = Operations.replace("a.txt", find, with, occurrence);
        replace.remove("path");
        return replace;
    }

    private static void rename(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "a.txt", "text");
        String id = server.get(files(workspace) + "/a.txt").headers().firstValue("Heddle-File").orElse("none");
        written(server, workspace, "taken.txt", "");
        Server.refused(server.json("POST", files(workspace) + "/a.txt/rename", Server.object().put("to", "taken.txt")),
            "PATH_TAKEN", 409, 422);
        unlessEqual(2, server.json("POST", files(workspace) + "/a.txt/rename", Server.object().put("to", "b.txt"))
            .statusCode() / 100, "hundreds of the status of rename");
        HttpResponse<String> moved = server.get(files(workspace) + "/b.txt");
        unlessEqual("text", moved.body(), "text at the new path");
        unlessEqual(id, moved.headers().firstValue("Heddle-File").orElse("none"), "id after the rename");
        unlessEqual(404, server.get(files(workspace) + "/a.txt").statusCode(), "status at the old path");
    }

    private static void delete(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "a.txt", "text");
        unlessEqual(2, server.json("DELETE", files(workspace) + "/a.txt", null).statusCode() / 100,
            "hundreds of the status of DELETE");
        unlessEqual(404, server.get(files(workspace) + "/a.txt").statusCode(), "status of a deleted file");
        unless(!server.read(files(workspace)).toString().contains("a.txt"), "a deleted file is in the tree");
    }

    private static void ops(Server server) {
        String workspace = server.workspace();
        for (String text : List.of("a", "ab", "abc", "abcd", "abcde")) {
            written(server, workspace, "a.txt", text);
        }
        long seen = 0;
        while (seen < 5) {
            JsonNode page = server.read("/api/workspaces/" + workspace + "/ops?after=" + seen + "&limit=2");
            unless(page.path("ops").size() >= 1 && page.path("ops").size() <= 2, "ops on a page: %s", page);
            for (JsonNode op : page.path("ops")) {
                unlessEqual(++seen, op.path("version").asLong(), "version");
                complete(op);
            }
            unlessEqual(seen < 5, page.hasNonNull("next"), "next after " + seen);
        }
    }

    /** {@return an operation's fields that the protocol names}; a server may add others, which may differ each time */
    static JsonNode named(JsonNode op) {
        return ((ObjectNode) op.deepCopy()).retain(FIELDS);
    }

    /** Breaks the rule unless an operation of the canonical log has every field. */
    static void complete(JsonNode op) {
        for (String field : FIELDS) {
            unless(op.hasNonNull(field), "no %s in %s", field, op);
        }
        unless(op.path("hash").asText().matches("[0-9a-f]{64}"), "hash of %s (expected: 64 hex digits)", op);
        unless(op.path("time").isIntegralNumber(), "time of %s (expected: milliseconds)", op);
    }

    private static void blame(Server server) {
        String workspace = server.workspace();
        written(server, workspace, "a.txt", "one\ntwo\n");
        long version = written(server, workspace, "a.txt", "one\n2\n");
        JsonNode blame = server.read(files(workspace) + "/a.txt/blame");
        StringBuilder text = new StringBuilder();
        blame.path("runs").forEach(run -> text.append(run.path("text").asText()));
        unlessEqual("one\n2\n", text.toString(), "text of the runs");
        boolean newer = false;
        for (JsonNode run : blame.path("runs")) {
            newer |= run.path("text").asText().contains("2") && run.path("version").asLong() == version;
        }
        unless(newer, "no run of version %d in %s", version, blame);
    }

    private static void revert(Server server) {
        String workspace = server.workspace();
        long first = written(server, workspace, "a.txt", "one");
        written(server, workspace, "a.txt", "two");
        written(server, workspace, "b.txt", "new");
        HttpResponse<String> answer = server.json("POST", "/api/workspaces/" + workspace + "/revert",
            Server.object().put("to", first));
        unlessEqual(2, answer.statusCode() / 100, "hundreds of the status of revert " + answer.body());
        unlessEqual("one", server.get(files(workspace) + "/a.txt").body(), "text of a.txt");
        unlessEqual(404, server.get(files(workspace) + "/b.txt").statusCode(), "status of a file that was not there");
        unless(server.read("/api/workspaces/" + workspace).path("version").asLong() > 3, "no new operations");
    }
}
