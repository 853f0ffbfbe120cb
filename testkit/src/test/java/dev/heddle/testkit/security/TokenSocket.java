package dev.heddle.testkit.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A client on a WebSocket over TLS that says who it is by a token. */
final class TokenSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final String session = UUID.randomUUID().toString();
    private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    TokenSocket(SSLContext trust, int port, String workspace, String token) {
        URI address = URI.create("wss://localhost:" + port + "/api/workspaces/" + workspace + "/socket");
        socket = HttpClient.newBuilder().sslContext(trust).build().newWebSocketBuilder().subprotocols("heddle.v1")
            .buildAsync(address, new Listener()).join();
        send("{\"type\":\"hello\",\"session\":\"" + session + "\",\"token\":\"" + token + "\"}");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    inbox.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message of a type; others are passed over. */
    JsonNode next(String type) {
        try {
            while (true) {
                JsonNode message = inbox.poll(30, TimeUnit.SECONDS);
                if (message == null || message.path("type").asText().equals("error") && !type.equals("error")) {
                    throw new AssertionError(message + " instead of " + type);
                }
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
