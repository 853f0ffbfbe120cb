package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Sockets: hello, open, who is told what, resume, presence, errors. */
final class SocketRules {

    private SocketRules() {
    }

    static List<Rule> all() {
        return List.of(
            new Rule("socket.subprotocol", "The server picks the subprotocol heddle.v1", SocketRules::subprotocol),
            new Rule("socket.welcome", "hello is answered by welcome {session, workspace, version, limits}",
                SocketRules::welcome),
            new Rule("socket.opened",
                "open is answered by opened {file, path, version, text, hash}, SHA-256 of the text",
                SocketRules::opened),
            new Rule("socket.everybody", "An op goes to everybody in the workspace, its author included",
                SocketRules::everybody),
            new Rule("socket.gapless", "Ops arrive in the order of their versions, without gaps", SocketRules::gapless),
            new Rule("socket.private", "A rejection goes to its author only", SocketRules::refusalsArePrivate),
            new Rule("socket.rest", "What is written by REST arrives on sockets", SocketRules::rest),
            new Rule("socket.resume", "hello with resume is followed by exactly the missed ops", SocketRules::resume),
            new Rule("socket.follow", "follow opened: ops of opened files and of the tree only",
                SocketRules::followOpened),
            new Rule("presence.others", "presence reaches others with session, name, color; left when gone",
                SocketRules::presence),
            new Rule("presence.history", "Presence takes no version", SocketRules::presenceIsNotHistory),
            new Rule("socket.malformed", "A frame that is no message: error {code, message}, then close 4400-4499",
                SocketRules::malformed),
            new Rule("socket.unknown", "A socket of a workspace that is not there ends with 4400-4499 or 404",
                SocketRules::unknownWorkspace),
            new Rule("socket.ping", "The server pings every 10 s", server -> {
                try (Peer peer = server.join(server.workspace())) {
                    peer.awaitPing();
                }
            }));
    }

    private static void subprotocol(Server server) {
        try (Peer peer = server.connect(server.workspace())) {
            unlessEqual("heddle.v1", peer.subprotocol(), "subprotocol");
        }
    }

    private static void welcome(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.connect(workspace)) {
            JsonNode welcome = peer.hello(hello -> hello.put("name", "Ann"));
            unlessEqual(peer.session(), welcome.path("session").asText(), "session");
            unlessEqual(workspace, welcome.path("workspace").asText(), "workspace");
            unless(welcome.path("version").isIntegralNumber(), "version in %s", welcome);
            unless(welcome.path("limits").isObject(), "limits in %s (expected: an object)", welcome);
        }
    }

    private static void opened(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            long version = peer.accepted(0, Operations.create("a.txt", "h\u00e4l\ud83d\ude00"));
            JsonNode opened = peer.open("a.txt");
            unlessEqual("a.txt", opened.path("path").asText(), "path");
            unlessEqual(version, opened.path("version").asLong(), "version");
            unlessEqual("h\u00e4l\ud83d\ude00", opened.path("text").asText(), "text");
            unlessEqual(sha256("h\u00e4l\ud83d\ude00"), opened.path("hash").asText(), "hash");
            unless(opened.hasNonNull("file"), "no file in %s", opened);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void everybody(Server server) {
        String workspace = server.workspace();
        try (Peer author = server.join(workspace); Peer other = server.join(workspace)) {
            long seq = author.sendOperation(0, null, Operations.create("a.txt", "text"));
            JsonNode own = author.answer(seq);
            JsonNode seen = other.next("op");
            unlessEqual(FileRules.named(own), FileRules.named(seen), "op as another sees it");
            FileRules.complete(own);
            unlessEqual(author.session(), own.path("session").asText(), "session");
            unlessEqual(seq, own.path("seq").asLong(), "seq");
            unlessEqual("create", own.at("/op/kind").asText(), "kind");
        }
    }

    private static void gapless(Server server) {
        String workspace = server.workspace();
        try (Peer one = server.join(workspace); Peer two = server.join(workspace)) {
            for (int i = 0; i < 10; i++) {
                one.sendOperation(0, null, Operations.create("a" + i, ""));
                two.sendOperation(0, null, Operations.create("b" + i, ""));
            }
            for (Peer peer : List.of(one, two)) {
                for (long version = 1; version <= 20; version++) {
                    unlessEqual(version, peer.next("op").path("version").asLong(), "version");
                }
            }
        }
    }

    private static void refusalsArePrivate(Server server) {
        String workspace = server.workspace();
        try (Peer author = server.join(workspace); Peer other = server.join(workspace)) {
            author.refused(0, Operations.delete("none.txt"), "UNKNOWN_FILE");
            long version = author.accepted(0, Operations.noop());
            for (JsonNode message : other.until(version)) {
                unless(!message.path("type").asText().equals("rejected"), "another got %s", message);
            }
        }
    }

    private static void rest(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            server.put("/api/workspaces/" + workspace + "/files/a.txt", "text");
            JsonNode op = peer.next("op");
            unlessEqual("create", op.at("/op/kind").asText(), "kind");
            unlessEqual("a.txt", op.path("path").asText(), "path");
        }
    }

    private static void resume(Server server) {
        String workspace = server.workspace();
        long seen;
        try (Peer peer = server.join(workspace)) {
            seen = peer.accepted(0, Operations.create("a.txt", ""));
        }
        long last = 0;
        try (Peer other = server.join(workspace)) {
            for (int i = 0; i < 3; i++) {
                last = other.accepted(seen, Operations.insert("a.txt", 0, "x"));
            }
        }
        long from = seen;
        try (Peer peer = server.connect(workspace)) {
            peer.hello(hello -> hello.put("resume", from));
            for (long version = from + 1; version <= last; version++) {
                unlessEqual(version, peer.next("op").path("version").asLong(), "version of a missed op");
            }
            unlessEqual(last + 1, peer.accepted(last, Operations.noop()), "version after the missed ops");
        }
    }

    private static void followOpened(Server server) {
        String workspace = server.workspace();
        try (Peer author = server.join(workspace); Peer other = server.connect(workspace)) {
            author.accepted(0, Operations.create("open.txt", ""));
            long base = author.accepted(0, Operations.create("shut.txt", ""));
            other.hello(hello -> hello.put("follow", "opened"));
            other.knows(base);
            other.open("open.txt");
            author.accepted(base, Operations.insert("shut.txt", 0, "unseen"));
            author.accepted(base, Operations.insert("open.txt", 0, "seen"));
            long last = author.accepted(base, Operations.rename("shut.txt", "moved.txt"));
            String seen = other.until(last).toString();
            unless(seen.contains("\"seen\""), "no op of the opened file: %s", seen);
            unless(!seen.contains("unseen"), "an op of a file that is not open: %s", seen);
        }
    }

    private static void presence(Server server) {
        String workspace = server.workspace();
        try (Peer other = server.join(workspace)) {
            String session;
            try (Peer peer = server.connect(workspace)) {
                session = peer.session();
                peer.hello(hello -> hello.put("name", "Ann"));
                peer.send("{\"type\":\"presence\",\"anchor\":1,\"head\":2}");
                JsonNode seen = presenceOf(other, session, "anchor");
                unlessEqual("Ann", seen.path("name").asText(), "name");
                unless(seen.hasNonNull("color"), "no color in %s", seen);
                unlessEqual(2, seen.path("head").asInt(), "head");
            }
            unless(presenceOf(other, session, "left").path("left").asBoolean(), "left is not true");
        }
    }

    private static JsonNode presenceOf(Peer peer, String session, String field) {
        return peer.next("presence",
            message -> message.path("session").asText().equals(session) && message.has(field),
            "presence of session " + session + " with " + field);
    }

    private static void presenceIsNotHistory(Server server) {
        String workspace = server.workspace();
        try (Peer peer = server.join(workspace)) {
            peer.send("{\"type\":\"presence\",\"anchor\":0,\"head\":0}");
            unlessEqual(1L, peer.accepted(0, Operations.noop()), "version of the first op after presence");
        }
    }

    private static void malformed(Server server) {
        for (String frame : List.of("{", "[]", "{\"type\":\"nonsense\"}", "{\"no\":\"type\"}")) {
            try (Peer peer = server.join(server.workspace())) {
                peer.send(frame);
                JsonNode error = peer.next("error");
                unless(error.hasNonNull("code") && error.hasNonNull("message"), "error %s", error);
                int code = peer.awaitClose();
                unless(code >= 4400 && code <= 4499, "close code after %s: %d", frame, code);
            }
        }
    }

    private static void unknownWorkspace(Server server) {
        Peer peer;
        try {
            peer = server.connect(server.name());
        } catch (BrokenRuleException refused) {
            // Refused with the upgrade: allowed as well.
            return;
        }
        try (peer) {
            peer.send(Server.object().put("type", "hello").put("session", peer.session()).toString());
            int code = peer.awaitClose();
            unless(code >= 4400 && code <= 4499, "close code: %d", code);
        }
    }
}
