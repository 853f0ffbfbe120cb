package dev.heddle.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One client on a socket. Used by one thread; messages arrive on another. */
final class Peer implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 15;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch pinged = new CountDownLatch(1);
    private final String session;
    private final WebSocket socket;
    private volatile int closeCode = -1;
    private long seq;
    private long welcomeVersion;

    Peer(Server server, URI address, String session) {
        this.session = session;
        WebSocket.Builder builder = server.http().newWebSocketBuilder().subprotocols("heddle.v1");
        if (server.token() != null) {
            builder.header("Authorization", "Bearer " + server.token());
        }
        try {
            this.socket = builder.buildAsync(address, new Listener()).join();
        } catch (CompletionException e) {
            throw new BrokenRuleException("no socket at " + address + ": " + e.getCause());
        }
    }

    String session() {
        return session;
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The workspace's version as the welcome said. */
    long welcomeVersion() {
        return welcomeVersion;
    }

    /** Sends a frame, unless the server has closed: then what it said before, and its code, tell more. */
    void send(String text) {
        socket.sendText(text, true).exceptionally(closing -> null).join();
    }

    /** Says hello, with whatever is added, and returns the welcome. */
    JsonNode hello(Consumer<ObjectNode> more) {
        ObjectNode hello = Server.object().put("type", "hello").put("session", session);
        more.accept(hello);
        send(hello.toString());
        JsonNode welcome = next("welcome");
        welcomeVersion = welcome.path("version").asLong();
        return welcome;
    }

    /** Opens a file by its path. */
    JsonNode open(String path) {
        send(Server.object().put("type", "open").put("path", path).toString());
        return next("opened");
    }

    /** Sends the session's next operation and does not wait. */
    long sendOperation(long base, Long after, ObjectNode operation) {
        seq++;
        resend(seq, base, after, operation);
        return seq;
    }

    /** Sends an operation under a number of one's choice. */
    void resend(long number, long base, Long after, ObjectNode operation) {
        ObjectNode message = Server.object().put("type", "submit").put("seq", number).put("base", base);
        if (after != null) {
            message.put("after", after);
        }
        send(message.set("op", operation).toString());
    }

    /** Sends the session's next operation and returns its answer, {@code op} or {@code rejected}. */
    JsonNode submit(long base, ObjectNode operation) {
        return answer(sendOperation(base, null, operation));
    }

    /** {@return the answer to one of the session's operations; whatever comes before is passed over} */
    JsonNode answer(long number) {
        while (true) {
            JsonNode message = next("op", "rejected");
            boolean own = message.path("type").asText().equals("rejected")
                || message.path("session").asText().equals(session);
            if (own && message.path("seq").asLong() == number) {
                return message;
            }
        }
    }

    /** {@return the version an operation got; it has to be accepted} */
    long accepted(long base, ObjectNode operation) {
        JsonNode answer = submit(base, operation);
        BrokenRuleException.unlessEqual("op", answer.path("type").asText(), "answer " + answer);
        return answer.path("version").asLong();
    }

    /** {@return the refusal of an operation, which has to be refused with this code} */
    JsonNode refused(long base, ObjectNode operation, String code) {
        return refused(submit(base, operation), code);
    }

    static JsonNode refused(JsonNode answer, String code) {
        BrokenRuleException.unlessEqual("rejected", answer.path("type").asText(), "answer " + answer);
        BrokenRuleException.unlessEqual(code, answer.path("code").asText(), "code");
        return answer;
    }

    /** {@return the next message of one of these types; others are passed over} */
    JsonNode next(String... types) {
        while (true) {
            JsonNode message = nextOfAny();
            if (List.of(types).contains(message.path("type").asText())) {
                return message;
            }
        }
    }

    JsonNode nextOfAny() {
        try {
            JsonNode message = messages.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            BrokenRuleException.unless(message != null, "no message within %d s (close code %d)", DEADLINE_SECONDS,
                closeCode);
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    /** {@return every message up to the operation of that version, it included} */
    List<JsonNode> until(long version) {
        List<JsonNode> taken = new ArrayList<>();
        JsonNode message;
        do {
            message = nextOfAny();
            taken.add(message);
        } while (!message.path("type").asText().equals("op") || message.path("version").asLong() < version);
        return taken;
    }

    /** {@return the code the server closes with} */
    int awaitClose() {
        await(closed, "not closed");
        return closeCode;
    }

    void awaitPing() {
        await(pinged, "no ping");
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            BrokenRuleException.unless(latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS), "%s within %d s", otherwise,
                DEADLINE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(ended -> null).join();
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(Server.parsed(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            pinged.countDown();
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closeCode = statusCode;
            closed.countDown();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.countDown();
        }
    }
}
