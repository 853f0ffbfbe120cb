package dev.heddle.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One client on a socket. Used by one thread; messages arrive on another. */
final class Peer implements AutoCloseable {

    /** How long a server may take for anything, in milliseconds; its pings come every 10 s. */
    static final long DEADLINE_MS = 30_000;

    private final Mailbox mailbox = new Mailbox(DEADLINE_MS);
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
            this.socket = builder.buildAsync(address, new Listener()).orTimeout(DEADLINE_MS, TimeUnit.MILLISECONDS)
                .join();
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
        socket.sendText(text, true).orTimeout(DEADLINE_MS, TimeUnit.MILLISECONDS).exceptionally(closing -> null)
            .join();
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

    /** {@return the next answer to one of the session's operations, {@code op} or {@code rejected}} */
    JsonNode answer(long number) {
        return mailbox.take(message -> {
            boolean own = ofType(message, "rejected")
                || ofType(message, "op") && message.path("session").asText().equals(session);
            return own && message.path("seq").asLong() == number;
        }, "answer to seq " + number + " of session " + session);
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

    /** {@return the first message of a type that nobody took yet} */
    JsonNode next(String type) {
        return next(type, message -> true, type);
    }

    /** {@return the first message of a type that fits and that nobody took yet} */
    JsonNode next(String type, Predicate<JsonNode> wanted, String what) {
        return mailbox.take(message -> ofType(message, type) && wanted.test(message), what);
    }

    /** {@return every message up to the operation of that version or a later one, it included, whether taken or not} */
    List<JsonNode> until(long version) {
        return mailbox.until(message -> ofType(message, "op") && message.path("version").asLong() >= version,
            "op of version " + version);
    }

    /** Waits until the server has shown this client a version, with the welcome or an operation. */
    void knows(long version) {
        if (welcomeVersion < version) {
            until(version);
        }
    }

    private static boolean ofType(JsonNode message, String type) {
        return message.path("type").asText().equals(type);
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
            BrokenRuleException.unless(latch.await(DEADLINE_MS, TimeUnit.MILLISECONDS), "%s within %d ms", otherwise,
                DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(DEADLINE_MS, TimeUnit.MILLISECONDS)
            .exceptionally(ended -> null).join();
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String frame) {
            try {
                mailbox.add(Server.parsed(frame));
            } catch (BrokenRuleException broken) {
                mailbox.end(broken.getMessage());
            }
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
            mailbox.end("the server closed with " + statusCode);
            closed.countDown();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            mailbox.end("the socket broke: " + error);
            closed.countDown();
        }
    }
}
