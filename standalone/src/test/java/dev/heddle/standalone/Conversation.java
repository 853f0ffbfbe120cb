package dev.heddle.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket on which every frame is written by hand, right or wrong. */
final class Conversation implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;

    final String session = UUID.randomUUID().toString();
    final SocketFrames frames;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();

    Conversation(String gateway, String workspace) {
        this.frames = new SocketFrames(
            URI.create("ws://" + gateway + "/api/workspaces/" + workspace + "/socket"), "heddle.v1", messages::add);
    }

    /** A conversation past its hello. */
    static Conversation open(String gateway, String workspace) {
        Conversation conversation = new Conversation(gateway, workspace);
        conversation.frames.send("{\"type\":\"hello\",\"session\":\"" + conversation.session + "\"}");
        conversation.next("welcome");
        return conversation;
    }

    /** Submits an operation and returns the answer to its seq. */
    JsonNode submit(long seq, long base, String operation) {
        return submit(seq, "\"base\":" + base, operation);
    }

    /** Submits an operation that stands on an earlier one of the session. */
    JsonNode submitAfter(long seq, long base, long after, String operation) {
        return submit(seq, "\"base\":" + base + ",\"after\":" + after, operation);
    }

    private JsonNode submit(long seq, String context, String operation) {
        frames.send("{\"type\":\"submit\",\"seq\":" + seq + "," + context + ",\"op\":" + operation + "}");
        JsonNode answer;
        do {
            answer = next("op", "rejected");
        } while (answer.has("session") && !answer.get("session").textValue().equals(session)
            || answer.get("seq").longValue() != seq);
        return answer;
    }

    /** The next message of one of these types; others are passed over. */
    JsonNode next(String... types) {
        try {
            while (true) {
                JsonNode message = messages.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message of type " + String.join(" or ", types) + " within "
                        + DEADLINE_SECONDS + " s");
                }
                if (java.util.List.of(types).contains(message.get("type").textValue())) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        frames.close();
    }
}
