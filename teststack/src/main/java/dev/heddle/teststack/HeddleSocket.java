package dev.heddle.teststack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * A client of the WebSocket protocol, written from its description alone, with operational transformation of its own.
 *
 * <p>It shows its edits at once, has one operation per file in flight and composes the rest; after a lost connection it
 * resumes by version and sends what was not answered once more, unchanged. Whatever contradicts the protocol (a hole in
 * the versions, a wrong hash, an own operation that comes back as another one) is kept and thrown by every wait.
 * Thread-safe; positions in code points.
 */
public final class HeddleSocket implements AutoCloseable {

    private static final long DEADLINE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long IMPATIENT_NANOS = Duration.ofSeconds(4).toNanos();
    /** How often a wait looks at what nobody notifies of: the end of a connection. */
    private static final long LOOK_MS = 100;
    private static final Set<String> CONNECT_AGAIN = Set.of("SHUTTING_DOWN", "HEARTBEAT_LOST", "SLOW_CONSUMER",
        "UNAVAILABLE", "LIMIT_REACHED", "BASE_IN_FUTURE", "INTERNAL");
    /** Refusals that use up no number: the same operation is sent again. */
    private static final Set<String> SEND_AGAIN = Set.of("UNAVAILABLE", "LIMIT_REACHED", "SEQ_GAP");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String workspace;
    private final String session;
    private final boolean keepsMessages;
    private final long connectNanos;
    private URI address;
    private final Map<String, TextReplica> replicas = new HashMap<>();
    private final Map<String, String> idsByPath = new HashMap<>();
    private final TreeMap<Long, ObjectNode> unanswered = new TreeMap<>();
    private final Set<Long> replicaSeqs = new HashSet<>();
    private final Set<Long> laterSeqs = new HashSet<>();
    private final Map<Long, JsonNode> answers = new HashMap<>();
    private final List<JsonNode> messages = new ArrayList<>();
    private SocketFrames frames;
    private boolean welcomed;
    private boolean resuming;
    private boolean refused;
    private long version;
    private long lastSeq;
    private RuntimeException broken;

    /**
     * Connects and says hello.
     *
     * @param gateway   host and port, {@code 127.0.0.1:8080}
     * @param workspace the workspace
     * @param session   a UUID of this client's choice
     */
    public HeddleSocket(String gateway, String workspace, String session) {
        this(gateway, workspace, session, true);
    }

    private HeddleSocket(String gateway, String workspace, String session, boolean keepsMessages) {
        this.workspace = workspace;
        this.session = session;
        this.keepsMessages = keepsMessages;
        this.connectNanos = keepsMessages ? DEADLINE_NANOS : IMPATIENT_NANOS;
        connect(gateway, MAPPER.createObjectNode());
    }

    /**
     * {@return a client for long runs, which does not keep what it received ({@link #messages} stays empty) and gives a
     * gateway 4 s to welcome it}
     *
     * @param gateway   host and port
     * @param workspace the workspace
     * @param session   a UUID of this client's choice
     */
    public static HeddleSocket withoutMemory(String gateway, String workspace, String session) {
        return new HeddleSocket(gateway, workspace, session, false);
    }

    /** {@return the session this client writes as} */
    public String session() {
        return session;
    }

    /** {@return the newest version this client has seen} */
    public synchronized long version() {
        return version;
    }

    /**
     * Opens a file and waits for its text.
     *
     * @param path the file's path
     * @return the file's id
     */
    public String open(String path) {
        synchronized (this) {
            frames.send(MAPPER.createObjectNode().put("type", "open").put("path", path).toString());
        }
        await("opened " + path, () -> idsByPath.containsKey(path));
        synchronized (this) {
            return idsByPath.get(path);
        }
    }

    /**
     * Makes an edit: shown at once, submitted as soon as nothing of this file is in flight.
     *
     * @param file    an opened file's id
     * @param changes ascending, in code points of {@link #text}
     */
    public void edit(String file, List<Change> changes) {
        edit(file, length -> changes);
    }

    /**
     * Makes an edit that depends on the text at hand; nobody else's operation comes in between.
     *
     * @param file    an opened file's id
     * @param changes gives the changes for the length of the text, both in code points
     */
    public synchronized void edit(String file, IntFunction<List<Change>> changes) {
        TextReplica replica = replicas.get(file);
        int length = replica.text().lengthCodePoints();
        replica.edit(Changes.toOperation(changes.apply(length), length));
        submitNext(file, replica);
    }

    /**
     * Submits any operation and waits for its answer.
     *
     * @param operation in the JSON form of the protocol
     * @return the {@code op} or the {@code rejected} message
     */
    public JsonNode submit(ObjectNode operation) {
        long seq;
        synchronized (this) {
            seq = send(operation);
        }
        await("answer to seq " + seq, () -> answers.containsKey(seq));
        return answer(seq);
    }

    /**
     * Submits any operation and does not wait; what is refused for the moment only is sent by {@link #sendAgain}.
     *
     * @param operation in the JSON form of the protocol
     * @return its number within the session
     */
    public synchronized long submitLater(ObjectNode operation) {
        long seq = send(operation);
        laterSeqs.add(seq);
        return seq;
    }

    /**
     * {@return the final answer to a submission: an {@code op} or a {@code rejected} message; null while there is none}
     *
     * @param seq its number
     */
    public synchronized JsonNode answer(long seq) {
        return answers.get(seq);
    }

    /** {@return the number of the newest submission; 0 before the first} */
    public synchronized long lastSeq() {
        return lastSeq;
    }

    /** {@return how many submissions have no final answer yet} */
    public synchronized int unanswered() {
        return unanswered.size();
    }

    /** {@return whether edits wait behind one in flight, or are in flight} */
    public synchronized boolean settled() {
        return unanswered.isEmpty() && replicas.values().stream().allMatch(TextReplica::settled);
    }

    /** {@return whether the server welcomed this client and the connection has not ended since} */
    public synchronized boolean connected() {
        return welcomed && !frames.ended();
    }

    /** {@return whether something was refused for the moment only, so that {@link #sendAgain} is due} */
    public synchronized boolean refused() {
        return refused;
    }

    /** Sends everything that was not answered once more, unchanged and in order. */
    public synchronized void sendAgain() {
        refused = false;
        unanswered.values().forEach(each -> transmit(each.toString()));
    }

    /**
     * {@return what the server did that it must not, or null}; from then on every wait throws it
     */
    public synchronized RuntimeException broken() {
        return broken;
    }

    /**
     * {@return the text as this client shows it}
     *
     * @param file an opened file's id
     */
    public synchronized String text(String file) {
        return replicas.get(file).text().toString();
    }

    /** {@return every message received so far} */
    public synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /**
     * Waits until few enough edits wait behind the one in flight.
     *
     * @param file an opened file's id
     * @param max  how many may wait
     */
    public void awaitBuffered(String file, int max) {
        await("at most " + max + " edits in the buffer", () -> replicas.get(file).bufferedEdits() <= max);
    }

    /** Waits until everything this client did was answered. */
    public void awaitSettled() {
        await("all operations answered",
            () -> unanswered.isEmpty() && replicas.values().stream().allMatch(TextReplica::settled));
    }

    /**
     * Waits until this client has seen a version.
     *
     * @param wanted the version
     */
    public void awaitVersion(long wanted) {
        await("version " + wanted, () -> version >= wanted);
    }

    /** Drops the connection without a word; edits go on being shown and are sent after {@link #reconnect}. */
    public synchronized void disconnect() {
        frames.abort();
        welcomed = false;
    }

    /** Connects again, resumes by version, and sends what was not answered once more. */
    public void reconnect() {
        String gateway;
        synchronized (this) {
            gateway = address.getAuthority();
        }
        reconnect(gateway);
    }

    /**
     * Connects to a gateway, the same or another one, resumes by version, and sends what was not answered once more.
     *
     * @param gateway host and port
     */
    public void reconnect(String gateway) {
        ObjectNode hello;
        synchronized (this) {
            hello = MAPPER.createObjectNode().put("resume", version);
        }
        connect(gateway, hello);
        synchronized (this) {
            sendAgain();
            replicas.forEach(this::submitNext);
        }
    }

    @Override
    public void close() {
        frames.close();
    }

    private void connect(String gateway, ObjectNode hello) {
        synchronized (this) {
            address = URI.create("ws://" + gateway + "/api/workspaces/" + workspace + "/socket");
            if (frames != null) {
                frames.abort();
            }
            welcomed = false;
            SocketFrames[] self = new SocketFrames[1];
            self[0] = new SocketFrames(address, "heddle.v1", message -> receive(self[0], message),
                Duration.ofNanos(connectNanos));
            frames = self[0];
            resuming = hello.has("resume");
            frames.send(hello.put("type", "hello").put("session", session).toString());
        }
        await("welcome", connectNanos, () -> welcomed || frames.ended());
        synchronized (this) {
            if (!welcomed) {
                throw new IllegalStateException(address + ": the connection ended before welcome");
            }
        }
    }

    private synchronized void receive(SocketFrames from, JsonNode message) {
        if (from != frames) {
            // Still on its way when the connection was dropped.
            return;
        }
        if (keepsMessages) {
            messages.add(message);
        }
        try {
            switch (message.get("type").textValue()) {
                case "welcome" -> welcome(message);
                case "opened" -> opened(message);
                case "op" -> operation(message);
                case "rejected" -> rejected(message);
                case "error" -> error(message);
                default -> {
                    // Presence and whatever is added later changes nothing here.
                }
            }
        } catch (RuntimeException e) {
            broken = broken == null ? e : broken;
        }
        notifyAll();
    }

    private void welcome(JsonNode message) {
        require(message.get("session").textValue().equals(session), "welcome to another session", message);
        welcomed = true;
        if (!resuming) {
            version = message.get("version").longValue();
        }
    }

    private void opened(JsonNode message) {
        Text text = Text.of(message.get("text").textValue());
        require(message.get("version").longValue() == version, "opened at another version than seen: " + version,
            message);
        require(text.sha256Hex().equals(message.get("hash").textValue()), "opened with a wrong hash", message);
        String file = message.get("file").textValue();
        replicas.putIfAbsent(file, new TextReplica(text));
        idsByPath.put(message.get("path").textValue(), file);
    }

    private void operation(JsonNode message) {
        long next = message.get("version").longValue();
        if (next <= version) {
            answered(message);
            return;
        }
        require(next == version + 1, "hole in the versions after " + version, message);
        version = next;
        JsonNode operation = message.get("op");
        TextReplica replica = message.hasNonNull("file") ? replicas.get(message.get("file").textValue()) : null;
        boolean own = answered(message);
        if (replica == null || !operation.get("kind").textValue().equals("edit")) {
            return;
        }
        TextOperation canonical = Changes.toOperation(changes(operation.get("changes")), replica.canonicalLength());
        if (own && replicaSeqs.remove(message.get("seq").longValue())) {
            replica.acknowledge(canonical);
            submitNext(message.get("file").textValue(), replica);
        } else {
            replica.foreign(canonical);
        }
    }

    private void rejected(JsonNode message) {
        long seq = message.get("seq").longValue();
        boolean edit = replicaSeqs.contains(seq);
        if (SEND_AGAIN.contains(message.get("code").textValue()) && (edit || laterSeqs.contains(seq))) {
            refused |= unanswered.containsKey(seq);
            return;
        }
        ObjectNode submitted = unanswered.remove(seq);
        answers.putIfAbsent(seq, message);
        require(submitted == null || !edit, "edit rejected", message);
    }

    private void error(JsonNode message) {
        require(CONNECT_AGAIN.contains(message.get("code").textValue()), "error from the server", message);
        welcomed = false;
    }

    private boolean answered(JsonNode message) {
        if (!message.get("session").textValue().equals(session)) {
            return false;
        }
        answers.put(message.get("seq").longValue(), message);
        return unanswered.remove(message.get("seq").longValue()) != null;
    }

    private void submitNext(String file, TextReplica replica) {
        if (!welcomed) {
            return;
        }
        replica.next().ifPresent(operation -> {
            ObjectNode json = MAPPER.createObjectNode().put("kind", "edit").put("file", file);
            ArrayNode list = json.putArray("changes");
            Changes.toChanges(operation, null).forEach(each ->
                list.addObject().put("at", each.at()).put("delete", each.delete()).put("insert", each.insert()));
            replicaSeqs.add(send(json));
        });
    }

    private long send(ObjectNode operation) {
        ObjectNode message = MAPPER.createObjectNode().put("type", "submit").put("seq", ++lastSeq)
            .put("base", version);
        message.set("op", operation);
        unanswered.put(lastSeq, message);
        transmit(message.toString());
        return lastSeq;
    }

    private void transmit(String message) {
        if (frames.ended()) {
            return;
        }
        try {
            frames.send(message);
        } catch (CompletionException lost) {
            // Kept among the unanswered, which are sent again after the next hello.
            welcomed = false;
        }
    }

    private static List<Change> changes(JsonNode json) {
        List<Change> changes = new ArrayList<>();
        json.forEach(each -> changes.add(
            new Change(each.path("at").intValue(), each.path("delete").intValue(), each.path("insert").asText(""))));
        return changes;
    }

    private static void require(boolean condition, String otherwise, JsonNode message) {
        if (!condition) {
            throw new IllegalStateException(otherwise + ": " + message);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        await(what, DEADLINE_NANOS, condition);
    }

    private synchronized void await(String what, long deadlineNanos, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (broken == null && !condition.getAsBoolean()) {
            long leftMs = (deadlineNanos - (System.nanoTime() - start)) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError(address + ": no " + what + " within " + deadlineNanos / 1_000_000_000
                    + " s; version " + version + ", unanswered " + unanswered.keySet());
            }
            try {
                wait(Math.min(leftMs, LOOK_MS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        if (broken != null) {
            throw new IllegalStateException(address + ": " + broken.getMessage(), broken);
        }
    }
}
