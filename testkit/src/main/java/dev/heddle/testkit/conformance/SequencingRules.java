package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What operations mean: their identity, their context, their positions, and why one is refused. */
final class SequencingRules {

    private SequencingRules() {
    }

    static List<Rule> all() {
        return List.of(
            new Rule("op.converge",
                "Concurrent edits end in one text: canonical ops applied in order give what GET gives",
                SequencingRules::converge),
            new Rule("op.code-points", "Positions and lengths are Unicode code points", SequencingRules::codePoints),
            new Rule("op.list-order", "Two changes may share a position; the order of the list counts",
                SequencingRules::listOrder),
            new Rule("op.deleted", "A canonical op's changes carry the deleted text", SequencingRules::deleted),
            new Rule("op.created-id", "create takes a given file id, or chooses one; edits may name it",
                SequencingRules::createdId),
            new Rule("op.noop", "A noop takes a version", server -> {
                try (Peer peer = server.join(server.workspace())) {
                    unlessEqual(1L, peer.accepted(0, Operations.noop()), "version of a noop");
                }
            }),
            new Rule("op.resend", "The same (session, seq) again gets the same answer and takes no version",
                SequencingRules::resend),
            new Rule("op.seq-reused", "The same (session, seq) with another payload is SEQ_REUSED",
                SequencingRules::reused),
            new Rule("op.seq-gap", "A skipped seq is SEQ_GAP with the expected number", SequencingRules::gap),
            new Rule("op.after", "Operations in flight stand on one another by after", SequencingRules::after),
            new Rule("op.preceding", "What stands on a refused operation is PRECEDING_REJECTED",
                SequencingRules::preceding),
            new Rule("op.base-future", "A base above the newest version is BASE_IN_FUTURE", server -> {
                try (Peer peer = server.join(server.workspace())) {
                    peer.refused(99, Operations.noop(), "BASE_IN_FUTURE");
                }
            }),
            new Rule("op.range", "A position outside the base text is OUT_OF_RANGE", SequencingRules::range),
            new Rule("op.tree", "PATH_TAKEN, UNKNOWN_FILE, FILE_DELETED, PATH_INVALID", SequencingRules::tree),
            new Rule("op.rename-edit", "An edit written before a rename reaches the renamed file",
                SequencingRules::renameEdit),
            new Rule("op.rejected-fields", "rejected carries seq, code, message, retriable and version",
                SequencingRules::rejectedFields));
    }

    private static void converge(Server server) {
        String workspace = server.workspace();
        try (Peer one = server.join(workspace); Peer two = server.join(workspace)) {
            long base = one.accepted(0, Operations.create("a.txt", "0123456789"));
            // All written against one base: overlapping deletes, inserts at one place and inside what is deleted.
            one.sendOperation(base, null, Operations.change("a.txt", 2, 5, "A"));
            two.sendOperation(base, null, Operations.change("a.txt", 4, 4, "B"));
            two.sendOperation(base, null, Operations.insert("a.txt", 5, "C"));
            one.sendOperation(base, null, Operations.insert("a.txt", 5, "D\ud83d\ude00"));
            String text = "0123456789";
            for (JsonNode op : two.until(base + 4)) {
                boolean edit = op.at("/op/kind").asText().equals("edit");
                text = edit ? Operations.applied(text, op.path("op")) : text;
            }
            for (String inserted : List.of("A", "B", "C", "D\ud83d\ude00")) {
                unless(text.contains(inserted), "%s is not in %s: what is typed survives", inserted, text);
            }
            unlessEqual(text, server.get("/api/workspaces/" + workspace + "/files/a.txt").body(), "text");
        }
    }

    private static void codePoints(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            long base = peer.accepted(0, Operations.create("a.txt", "\ud83d\ude00\ud83d\ude00b"));
            peer.accepted(base, Operations.change("a.txt", 1, 1, "x"));
            unlessEqual("\ud83d\ude00xb", server.get("/api/workspaces/" + workspace + "/files/a.txt").body(), "text");
        }
    }

    private static void listOrder(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            long base = peer.accepted(0, Operations.create("a.txt", "ab"));
            ObjectNode edit = Operations.insert("a.txt", 1, "1");
            ((ArrayNode) edit.path("changes")).addObject().put("at", 1).put("delete", 0).put("insert", "2");
            peer.accepted(base, edit);
            unlessEqual("a12b", server.get("/api/workspaces/" + workspace + "/files/a.txt").body(), "text");
        }
    }

    private static void deleted(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            long base = peer.accepted(0, Operations.create("a.txt", "one two"));
            JsonNode op = peer.submit(base, Operations.change("a.txt", 0, 3, "1"));
            unlessEqual("one", op.at("/op/changes/0/deleted").asText(), "deleted in " + op);
        }
    }

    private static void createdId(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            String id = server.id();
            JsonNode given = peer.submit(0, Operations.create("a.txt", "").put("file", id));
            unlessEqual(id, given.path("file").asText(), "file");
            JsonNode chosen = peer.submit(0, Operations.create("b.txt", ""));
            unless(chosen.path("file").asText().length() == 36, "file: %s (expected: a UUID)", chosen);
            ObjectNode edit = Operations.insert("a.txt", 0, "by id");
            edit.remove("path");
            peer.accepted(chosen.path("version").asLong(), edit.put("file", id));
            unlessEqual("by id", server.get("/api/workspaces/" + workspace + "/files/a.txt").body(), "text");
        }
    }

    private static void resend(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            ObjectNode create = Operations.create("a.txt", "");
            JsonNode first = peer.submit(0, create);
            peer.resend(1, 0, null, create);
            unlessEqual(FileRules.named(first), FileRules.named(peer.answer(1)), "answer to the resend");
            unlessEqual(first.path("version").asLong() + 1, peer.accepted(0, Operations.noop()),
                "version of the next op");
        }
    }

    private static void reused(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            peer.accepted(0, Operations.create("a.txt", ""));
            peer.resend(1, 0, null, Operations.create("b.txt", ""));
            Peer.refused(peer.next("rejected"), "SEQ_REUSED");
        }
    }

    private static void gap(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            peer.accepted(0, Operations.noop());
            peer.resend(5, 0, null, Operations.noop());
            JsonNode rejected = Peer.refused(peer.answer(5), "SEQ_GAP");
            unlessEqual(2L, rejected.path("expectedSeq").asLong(), "expectedSeq");
        }
    }

    private static void after(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace); Peer other = server.join(workspace)) {
            long base = peer.accepted(0, Operations.create("a.txt", "."));
            long first = peer.sendOperation(base, null, Operations.insert("a.txt", 0, "a"));
            long second = peer.sendOperation(base, first, Operations.insert("a.txt", 1, "b"));
            peer.sendOperation(base, second, Operations.insert("a.txt", 2, "c"));
            other.accepted(base, Operations.insert("a.txt", 1, "!"));
            other.until(base + 4);
            unlessEqual("abc.!", server.get("/api/workspaces/" + workspace + "/files/a.txt").body(), "text");
        }
    }

    private static void preceding(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            long first = peer.sendOperation(0, null, Operations.delete("none.txt"));
            long second = peer.sendOperation(0, first, Operations.noop());
            Peer.refused(peer.answer(first), "UNKNOWN_FILE");
            Peer.refused(peer.answer(second), "PRECEDING_REJECTED");
        }
    }

    private static void range(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            long base = peer.accepted(0, Operations.create("a.txt", "\ud83d\ude00"));
            peer.refused(base, Operations.insert("a.txt", 2, "x"), "OUT_OF_RANGE");
            peer.refused(base, Operations.change("a.txt", 0, 2, ""), "OUT_OF_RANGE");
        }
    }

    private static void tree(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            long base = peer.accepted(0, Operations.create("a.txt", ""));
            peer.refused(base, Operations.create("a.txt", ""), "PATH_TAKEN");
            peer.refused(base, Operations.insert("none.txt", 0, "x"), "UNKNOWN_FILE");
            peer.refused(base, Operations.rename("a.txt", "../up"), "PATH_INVALID");
            peer.accepted(base, Operations.delete("a.txt"));
            peer.refused(base, Operations.insert("a.txt", 0, "x"), "FILE_DELETED");
        }
    }

    private static void renameEdit(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            long base = peer.accepted(0, Operations.create("a.txt", ""));
            peer.accepted(base, Operations.rename("a.txt", "b.txt"));
            // The path is the one of its base.
            peer.accepted(base, Operations.insert("a.txt", 0, "x"));
            unlessEqual("x", server.get("/api/workspaces/" + workspace + "/files/b.txt").body(), "text");
        }
    }

    private static void rejectedFields(Server server) {
        try (Peer peer = server.join(server.workspace())) {
            JsonNode rejected = peer.refused(0, Operations.delete("none.txt"), "UNKNOWN_FILE");
            for (String field : List.of("seq", "code", "message", "retriable", "version")) {
                unless(rejected.hasNonNull(field), "no %s in %s", field, rejected);
            }
            unless(rejected.path("retriable").isBoolean(), "retriable of %s", rejected);
        }
    }
}
