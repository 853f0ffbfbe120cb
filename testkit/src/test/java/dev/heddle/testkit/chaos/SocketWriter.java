package dev.heddle.testkit.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Change;
import dev.heddle.teststack.HeddleSocket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Types into shared files over a WebSocket and makes, renames and deletes files of its own; connects to another gateway
 * when it loses its connection or is not answered for a while.
 */
final class SocketWriter implements Writer {

    private static final long IMPATIENT_NANOS = 2_500_000_000L;
    private static final int BUFFERED_MAX = 20;
    private static final int OWN_EVERY = 8;
    private static final int TEXT_MAX = 4_000;

    private final String workspace;
    private final String session;
    private final List<String> gateways;
    private final Random random;
    private final long intervalMs;
    private final Journal journal;
    private final AtomicBoolean stop;
    private final Map<Long, Long> submittedNanos = new ConcurrentHashMap<>();
    private final OwnFiles own;
    private HeddleSocket socket;
    private List<String> files = List.of();
    private long noted;
    private long seenAtNanos = System.nanoTime();
    private int seenUnanswered;
    private long seenVersion;
    private volatile Throwable failure;
    private volatile boolean settled;

    SocketWriter(String workspace, String session, List<String> gateways, long seed, long intervalMs,
                 Journal journal, AtomicBoolean stop) {
        this.workspace = workspace;
        this.session = session;
        this.gateways = gateways;
        this.random = new Random(seed);
        this.intervalMs = intervalMs;
        this.journal = journal;
        this.stop = stop;
        this.own = new OwnFiles(session, random);
    }

    /** Connects and opens the files; before anything is hurt. */
    void open(List<String> paths) {
        socket = HeddleSocket.withoutMemory(gateways.get(random.nextInt(gateways.size())), workspace, session);
        files = paths.stream().map(socket::open).toList();
    }

    @Override
    public void run() {
        try {
            while (!stop.get()) {
                step();
                Pause.ms(intervalMs / 2 + random.nextInt((int) intervalMs));
            }
            while (!settle() && !Thread.currentThread().isInterrupted()) {
                Pause.ms(20);
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private boolean settle() {
        keepConnected();
        note();
        settled = socket.connected() && socket.settled();
        return settled;
    }

    private void step() {
        keepConnected();
        note();
        if (own.due(OWN_EVERY) && socket.settled()) {
            submit(own.next());
            return;
        }
        String file = files.get(random.nextInt(files.size()));
        if (socket.unanswered() < BUFFERED_MAX) {
            long before = socket.lastSeq();
            socket.edit(file, this::change);
            stamp(before);
        }
    }

    private void submit(ObjectNode operation) {
        long before = socket.lastSeq();
        socket.submitLater(operation);
        stamp(before);
    }

    private List<Change> change(int length) {
        int at = random.nextInt(length + 1);
        int delete = length > TEXT_MAX || random.nextInt(4) == 0 ? Math.min(length - at, random.nextInt(12)) : 0;
        String insert = delete > 0 && random.nextBoolean() ? "" : word();
        return List.of(new Change(at, delete, insert));
    }

    private String word() {
        return random.nextInt(10) == 0 ? "🧵é" : Long.toString(random.nextLong(1_000_000), 36) + " ";
    }

    private void stamp(long before) {
        long now = System.nanoTime();
        for (long seq = before + 1; seq <= socket.lastSeq(); seq++) {
            submittedNanos.putIfAbsent(seq, now);
        }
    }

    /** Notes the answers that came since the last look, in the order of numbers. */
    private void note() {
        RuntimeException broken = socket.broken();
        if (broken != null) {
            throw broken;
        }
        JsonNode answer = socket.answer(noted + 1);
        while (answer != null) {
            noted++;
            if (!answer.path("type").asText().equals("op")) {
                throw new AssertionError(name() + ": " + answer);
            }
            long now = System.nanoTime();
            // What was composed while something was in flight is sent by the answer, not by this thread: time unknown.
            Long sent = submittedNanos.remove(noted);
            journal.add(new Acknowledged(workspace, session, noted, answer.path("version").asLong(),
                answer.path("hash").asText(), sent == null ? 0 : sent, now));
            answer = socket.answer(noted + 1);
        }
    }

    private void keepConnected() {
        boolean progress = socket.version() != seenVersion || socket.unanswered() != seenUnanswered;
        if (progress || socket.unanswered() == 0) {
            seenVersion = socket.version();
            seenUnanswered = socket.unanswered();
            seenAtNanos = System.nanoTime();
        }
        boolean silent = System.nanoTime() - seenAtNanos > IMPATIENT_NANOS;
        if (socket.connected() && !silent) {
            if (socket.refused()) {
                Pause.ms(100);
                socket.sendAgain();
            }
            return;
        }
        try {
            socket.reconnect(gateways.get(random.nextInt(gateways.size())));
        } catch (RuntimeException | AssertionError away) {
            if (socket.broken() != null) {
                throw socket.broken();
            }
            Pause.ms(100);
        }
        seenAtNanos = System.nanoTime();
    }

    /** Compares what this client shows with what the files hold. */
    String text(String path, List<String> paths) {
        return socket.text(files.get(paths.indexOf(path)));
    }

    void awaitVersion(long version) {
        long start = System.nanoTime();
        while (socket.version() < version) {
            if (System.nanoTime() - start > 60_000_000_000L) {
                throw new AssertionError(name() + " is at version " + socket.version() + " (expected: " + version
                    + ")");
            }
            keepConnected();
            Pause.ms(20);
        }
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public boolean settled() {
        return settled;
    }

    @Override
    public Throwable failure() {
        return failure;
    }

    @Override
    public String name() {
        return "socket writer " + session + " of " + workspace + " (version " + socket.version() + ", unanswered "
            + socket.unanswered() + ", connected " + socket.connected() + ")";
    }

    @Override
    public String workspace() {
        return workspace;
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public long submitted() {
        return socket.lastSeq();
    }
}
