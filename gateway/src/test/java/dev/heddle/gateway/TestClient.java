package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A socket that sends what it is told and keeps what it gets. */
public final class TestClient implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 20;

    public final String session;
    private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    private final List<JsonNode> skipped = new ArrayList<>();
    private final SocketFrames frames;

    private TestClient(int port, String workspace, String session) {
        this.session = session;
        URI address = URI.create("ws://127.0.0.1:" + port + "/api/workspaces/" + workspace + "/socket");
        this.frames = new SocketFrames(address, "heddle.v1", inbox::add);
    }

    public static TestClient connect(int port, String workspace) {
        return new TestClient(port, workspace, UUID.randomUUID().toString());
    }

    public static TestClient connect(int port, String workspace, String session) {
        return new TestClient(port, workspace, session);
    }

    public TestClient hello(String more) {
        send("{\"type\":\"hello\",\"session\":\"" + session + "\"" + more + "}");
        return this;
    }

    public JsonNode welcome() {
        hello("");
        return next("welcome");
    }

    public void submit(long seq, long base, String op) {
        send("{\"type\":\"submit\",\"seq\":" + seq + ",\"base\":" + base + ",\"op\":" + op + "}");
    }

    public void send(String text) {
        frames.send(text);
    }

    /** The next message of a type; others are set aside. */
    public JsonNode next(String type) {
        while (true) {
            JsonNode message = next();
            if (message.path("type").asText().equals(type)) {
                return message;
            }
            assertThat(message.path("type").asText()).as("%s instead of %s", message, type).isNotEqualTo("error");
            skipped.add(message);
        }
    }

    public JsonNode next() {
        try {
            JsonNode message = inbox.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message within %s s", DEADLINE_SECONDS).isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<JsonNode> arrived() {
        List<JsonNode> all = new ArrayList<>();
        inbox.drainTo(all);
        return all;
    }

    public int closeCode() {
        return frames.closeCode();
    }

    public void abort() {
        frames.abort();
    }

    @Override
    public void close() {
        frames.close();
    }
}
