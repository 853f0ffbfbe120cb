package dev.heddle.teststack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One WebSocket connection that speaks in JSON objects, one per text frame. Thread-safe. */
public final class SocketFrames implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /**
     * Opens a connection.
     *
     * @param address     of the workspace's socket, {@code ws://...}
     * @param subprotocol the subprotocol to ask for, or null for none
     * @param receiver    takes every message, on one thread at a time
     */
    public SocketFrames(URI address, String subprotocol, Consumer<JsonNode> receiver) {
        this(address, subprotocol, receiver, Duration.ofSeconds(10));
    }

    /**
     * Opens a connection.
     *
     * @param address     of the workspace's socket, {@code ws://...}
     * @param subprotocol the subprotocol to ask for, or null for none
     * @param receiver    takes every message, on one thread at a time
     * @param patience    how long the opening may take
     */
    public SocketFrames(URI address, String subprotocol, Consumer<JsonNode> receiver, Duration patience) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(patience);
        if (subprotocol != null) {
            builder.subprotocols(subprotocol);
        }
        // The own limit of the client is for connecting: a server that ends before it answers may leave it waiting.
        this.socket = builder.buildAsync(address, new Listener(receiver))
            .orTimeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** {@return the subprotocol the server agreed to; empty for none} */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /**
     * Sends a text frame and waits until it was handed to the system.
     *
     * @param text any text, JSON or not
     */
    public synchronized void send(String text) {
        socket.sendText(text, true).orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /**
     * Sends a binary frame, which the protocol does not have.
     *
     * @param bytes any bytes
     */
    public synchronized void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** {@return the close code the server sent, waited for; 1006 where the connection broke without one} */
    public int closeCode() {
        return closed.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** {@return whether the connection has ended} */
    public boolean ended() {
        return closed.isDone();
    }

    /** Drops the connection without a word, as a network does. */
    public void abort() {
        socket.abort();
        closed.complete(1006);
    }

    /** Says goodbye and closes the connection without waiting for the answer. */
    @Override
    public synchronized void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(ignored -> null).join();
        }
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final Consumer<JsonNode> receiver;
        private final StringBuilder partial = new StringBuilder();

        Listener(Consumer<JsonNode> receiver) {
            this.receiver = receiver;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                try {
                    receiver.accept(MAPPER.readTree(text));
                } catch (IOException e) {
                    throw new IllegalStateException("frame is not JSON: " + text, e);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(1006);
        }
    }
}
