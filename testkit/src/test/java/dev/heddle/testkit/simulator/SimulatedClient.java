package dev.heddle.testkit.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.testkit.invariant.Acknowledgement;
import dev.heddle.testkit.invariant.InvariantBroken;
import dev.heddle.testkit.invariant.Rest;
import dev.heddle.teststack.TextReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A client of the socket protocol with operational transformation of its own: shows its edits at once, has one
 * operation per file in flight and composes the rest, resumes by version on any gateway and sends what was not answered
 * once more, unchanged. What contradicts the protocol breaks the invariant {@code ClientSeesEveryVersionInOrder}.
 */
final class SimulatedClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PROTOCOL = "ClientSeesEveryVersionInOrder";
    private static final Set<String> TRY_AGAIN = Set.of("UNAVAILABLE", "LIMIT_REACHED");
    /** A tree that others change too, or a file that is gone: that is how it is. */
    private static final Set<String> FAIR = Set.of("PATH_TAKEN", "FILE_DELETED", "UNKNOWN_FILE", "ANCHOR_NOT_FOUND",
        "ANCHOR_AMBIGUOUS");
    private static final Set<String> BEGIN_ANEW = Set.of("BASE_TOO_OLD", "SEQ_REUSED");

    private final World world;
    private final String name;
    private final String workspace;
    private final Supplier<GatewayProcess> gateways;
    private final Typist typist;
    private final Map<String, TextReplica> replicas = new TreeMap<>();
    private final TreeMap<Long, ObjectNode> unanswered = new TreeMap<>();
    private final Map<Long, String> fileInFlight = new TreeMap<>();
    private final Set<String> opening = new TreeSet<>();
    private String session;
    private long lastSeq;
    private long version;
    private boolean everWelcomed;
    private boolean welcomed;
    private boolean connecting;
    private boolean resending;
    private Connection connection;

    SimulatedClient(World world, String name, String workspace, Supplier<GatewayProcess> gateways) {
        this.world = world;
        this.name = name;
        this.workspace = workspace;
        this.gateways = gateways;
        this.session = world.dice.uuid();
        this.typist = new Typist(world);
    }

    /** Connects soon and goes on doing things until everybody is calm. */
    void start() {
        connectSoon();
        doSoon();
    }

    private void doSoon() {
        world.timeline.after(world.dice.below(world.settings.pauseMs() + 1), () -> {
            if (!world.calm()) {
                doSomething();
                doSoon();
            }
        });
    }

    private void doSomething() {
        int what = world.dice.below(1_000);
        if (what < 25) {
            drop();
        } else if (what < 120) {
            openSomething();
        } else if (what < 150 && welcomed) {
            send(typist.treeChange(replicas.keySet()), null);
        } else if (!replicas.isEmpty()) {
            String file = world.dice.one(new ArrayList<>(replicas.keySet()));
            TextReplica replica = replicas.get(file);
            replica.edit(typist.edit(replica.text()));
            world.totals.count("edits");
            submitNext(file, replica);
        }
    }

    private void openSomething() {
        String path = typist.path();
        if (welcomed && opening.add(path)) {
            transmit(MAPPER.createObjectNode().put("type", "open").put("path", path));
        }
    }

    /** The connection is lost; edits go on being shown and are sent after the next hello. */
    private void drop() {
        if (connection != null) {
            world.totals.count("connections dropped");
            connection.brokenByClient();
            disconnected();
        }
    }

    private void disconnected() {
        connection = null;
        welcomed = false;
        opening.clear();
        connectSoon();
    }

    private void connectSoon() {
        if (!connecting) {
            connecting = true;
            world.timeline.after(world.dice.delayMs(200, 2_000), this::connect);
        }
    }

    private void connect() {
        connecting = false;
        GatewayProcess gateway = gateways.get();
        if (gateway == null) {
            connectSoon();
            return;
        }
        boolean slow = !world.calm() && world.dice.chance(150);
        connection = new Connection(world, this, gateway, workspace, slow ? 1_000 : 20);
        ObjectNode hello = MAPPER.createObjectNode().put("type", "hello").put("session", session);
        if (everWelcomed) {
            hello.put("resume", version);
            world.totals.count("resumes");
        }
        world.note(name, "hello on " + gateway + " " + hello);
        transmit(hello);
    }

    /** A message from a gateway. */
    void received(Connection from, String text) {
        if (from != connection) {
            return;
        }
        world.note(name, text);
        JsonNode message = parse(text);
        switch (message.path("type").asText()) {
            case "welcome" -> welcome(message);
            case "opened" -> opened(message);
            case "op" -> operation(message);
            case "rejected" -> rejected(message);
            default -> opening.remove(message.path("path").asText());
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(PROTOCOL, "not JSON: " + text);
        }
    }

    /** The connection was closed from the other side. */
    void closed(Connection from, int code) {
        if (from != connection) {
            return;
        }
        world.note(name, "closed " + code);
        if (code >= 4400 && code < 4500) {
            beginAnew();
        }
        disconnected();
    }

    private void welcome(JsonNode message) {
        welcomed = true;
        if (!everWelcomed) {
            everWelcomed = true;
            version = message.path("version").longValue();
        }
        resend();
    }

    private void resendLater(long waitMs) {
        if (!resending) {
            resending = true;
            world.timeline.after(waitMs + world.dice.below(200), () -> {
                resending = false;
                resend();
            });
        }
    }

    private void resend() {
        if (!welcomed) {
            return;
        }
        if (world.fault == Fault.RESEND_AS_NEW) {
            List<ObjectNode> again = new ArrayList<>(unanswered.values());
            unanswered.clear();
            for (ObjectNode message : again) {
                String file = fileInFlight.remove(message.path("seq").longValue());
                send((ObjectNode) message.get("op"), file);
            }
        }
        unanswered.values().forEach(this::transmit);
        replicas.forEach(this::submitNext);
    }

    private void opened(JsonNode message) {
        Text text = Text.of(message.path("text").textValue());
        require(message.path("version").longValue() == version, "opened at another version than seen", message);
        require(text.sha256Hex().equals(message.path("hash").textValue()), "opened with a wrong hash", message);
        replicas.putIfAbsent(message.path("file").textValue(), new TextReplica(text));
        opening.clear();
    }

    private void operation(JsonNode message) {
        long next = message.path("version").longValue();
        if (next <= version) {
            answered(message);
            return;
        }
        require(next == version + 1, "a hole in the versions", message);
        version = next;
        boolean own = answered(message);
        Operation operation = OperationJson.operation(message.path("op"));
        String file = message.path("file").asText();
        TextReplica replica = replicas.get(file);
        if (replica != null && operation instanceof Operation.Delete) {
            forget(file);
        } else if (replica != null && operation instanceof Operation.Edit edit) {
            apply(file, replica, edit, own ? message.path("seq").longValue() : 0);
        }
    }

    private void apply(String file, TextReplica replica, Operation.Edit edit, long ownSeq) {
        TextOperation canonical = Changes.toOperation(edit.changes(), replica.canonicalLength());
        if (file.equals(fileInFlight.remove(ownSeq))) {
            try {
                replica.acknowledge(canonical);
            } catch (IllegalStateException other) {
                throw new InvariantBroken(PROTOCOL, name + ": " + other.getMessage());
            }
            submitNext(file, replica);
        } else {
            replica.foreign(world.fault == Fault.GARBLED_OP ? Typist.garbled(canonical) : canonical);
        }
    }

    private boolean answered(JsonNode message) {
        if (!message.path("session").asText().equals(session)) {
            return false;
        }
        long seq = message.path("seq").longValue();
        world.watching(() -> world.watch.acknowledged(new Acknowledgement(workspace, session, seq,
            message.path("version").longValue())));
        boolean waited = unanswered.remove(seq) != null;
        if (waited) {
            world.totals.count("acknowledged");
        }
        return waited;
    }

    private void rejected(JsonNode message) {
        long seq = message.path("seq").longValue();
        String code = message.path("code").asText();
        if (!unanswered.containsKey(seq)) {
            return;
        }
        world.totals.count("rejected " + code);
        if (TRY_AGAIN.contains(code) || code.equals("SEQ_GAP") && message.path("expectedSeq").longValue() > 1
            || code.equals("SEQ_GAP") && unanswered.firstKey() == 1) {
            long waitMs = Math.max(100 + world.settings.slowMs(), message.path("retryAfterMs").longValue());
            resendLater(waitMs);
        } else if (BEGIN_ANEW.contains(code) || code.equals("SEQ_GAP")) {
            beginAnew();
            drop();
        } else {
            require(FAIR.contains(code), "an answer that was not earned", message);
            unanswered.remove(seq);
            String file = fileInFlight.remove(seq);
            if (file != null) {
                forget(file);
            }
        }
    }

    /** What it had is too old: it starts over as somebody else, and its unanswered edits are gone. */
    private void beginAnew() {
        world.totals.count("sessions begun anew");
        session = world.dice.uuid();
        lastSeq = 0;
        everWelcomed = false;
        version = 0;
        unanswered.clear();
        fileInFlight.clear();
        replicas.clear();
    }

    private void forget(String file) {
        replicas.remove(file);
        fileInFlight.values().removeIf(file::equals);
    }

    private void submitNext(String file, TextReplica replica) {
        if (welcomed) {
            replica.next().ifPresent(operation -> send(OperationJson.json(new Operation.Edit(
                dev.heddle.engine.workspace.FileReference.ofFile(file), Changes.toChanges(operation, null))), file));
        }
    }

    private void send(ObjectNode operation, String file) {
        ObjectNode message = MAPPER.createObjectNode().put("type", "submit").put("seq", ++lastSeq)
            .put("base", version);
        message.set("op", operation);
        unanswered.put(lastSeq, message);
        if (file != null) {
            fileInFlight.put(lastSeq, file);
        }
        transmit(message);
    }

    private void transmit(ObjectNode message) {
        if (connection != null) {
            connection.fromClient(message.toString());
        }
    }

    private void require(boolean condition, String otherwise, JsonNode message) {
        if (!condition) {
            throw new InvariantBroken(PROTOCOL, name + " at version " + version + ": " + otherwise + ": " + message);
        }
    }

    /** {@return what it still waits for, or null where it is settled} */
    String waitingFor() {
        if (!welcomed) {
            return name + " is not connected";
        }
        if (!unanswered.isEmpty()) {
            return name + " waits for " + unanswered.keySet();
        }
        return replicas.values().stream().allMatch(TextReplica::settled) ? null : name + " has edits to send";
    }

    /** {@return whether it has seen everything} */
    boolean sawEverything() {
        return version == world.watch.chronicle().versions(workspace);
    }

    Rest.ClientView view() {
        Map<String, String> texts = new TreeMap<>();
        replicas.forEach((file, replica) -> texts.put(file, replica.text().toString()));
        return new Rest.ClientView(name, workspace, version, texts);
    }
}
