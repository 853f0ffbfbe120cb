package dev.heddle.testkit.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.WireCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writers and faults at once, then the proof: nothing acknowledged is lost, doubled or reordered, and everybody agrees.
 * One thread; workspaces are new in each run, so that runs may share a cluster.
 */
public final class ChaosRun implements AutoCloseable {

    /** What a process ends with that was told to stop by SIGTERM: 128 and the number of the signal. */
    static final int TERMINATED = 143;

    private static final List<String> SHARED = List.of("shared/a.md", "shared/b.txt");

    private final Cluster cluster;
    private final ChaosSettings settings;
    private final Journal journal = new Journal();
    private final WireCodec codec;
    private final Map<String, String> topics = new LinkedHashMap<>();
    private final Map<String, Long> bases = new LinkedHashMap<>();
    private final List<SocketWriter> socketWriters = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private CanonicalFollower follower;

    /** What is done to the cluster while writers write; returns when everything runs again. */
    @FunctionalInterface
    public interface Disturbance {
        /**
         * Does it.
         *
         * @param journal takes the faults
         */
        void run(Journal journal);
    }

    /**
     * A run.
     *
     * @param cluster  a cluster that is ready
     * @param settings how it goes
     */
    public ChaosRun(Cluster cluster, ChaosSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.codec = new WireCodec(cluster.registryUrl());
    }

    /**
     * Goes through a schedule of faults and proves what came of it.
     *
     * @return the figures
     * @throws AssertionError for anything lost, doubled, reordered, unanswered, or different between two readers
     */
    public ChaosReport run() {
        FaultSchedule schedule = new FaultSchedule(settings.seed(), settings.sessionTimeoutMs(), settings.gapMs());
        return run(log -> new FaultInjector(cluster, log).run(schedule, settings.durationMs()));
    }

    /**
     * Does something to the cluster while writers write and proves what came of it.
     *
     * @param disturbance what is done
     * @return the figures
     */
    public ChaosReport run(Disturbance disturbance) {
        prepare();
        long start = System.nanoTime();
        startWriters();
        disturbance.run(journal);
        // Work for whoever was hurt last, so that its recovery is seen too.
        Pause.ms(1_000);
        stop.set(true);
        settle();
        double seconds = (System.nanoTime() - start) / 1e9;
        journal.faults().forEach(fault -> System.out.println("  " + (fault.nanos() - start) / 1_000_000 + " ms: "
            + fault.kind() + " " + fault.role() + " " + (fault.index() + 1) + " for " + fault.durationMs() + " ms"));
        cluster.awaitReady(settings.settleMs());
        HistoryChecker history = new HistoryChecker(cluster.bootstrapServers(), codec);
        history.readCanonical();
        history.checkAcknowledged(journal.acknowledged());
        writers.forEach(writer -> requireAll(writer, history));
        long rawRecords = history.checkAppended(journal.appended(), topics);
        topics.forEach((workspace, topic) -> Replay.check(workspace, history.raw(topic), history, codec));
        topics.keySet().forEach(workspace -> requireAgreement(history.workspace(workspace), workspace));
        return ChaosReport.of(settings.seed(), journal, history.duplicates(), rawRecords, seconds);
    }

    private void prepare() {
        Random random = new Random(settings.seed() ^ 0x5eedL);
        HeddleRest rest = new HeddleRest(cluster.gateways().get(0));
        List<String> kafkaSessions = new ArrayList<>();
        for (int w = 0; w < settings.workspaces(); w++) {
            String workspace = "chaos-" + UUID.randomUUID().toString().substring(0, 8) + "-" + w;
            JsonNode made = rest.createWorkspace(workspace);
            topics.put(workspace, made.path("topics").path("ops").asText());
            for (String path : SHARED) {
                bases.put(workspace, rest.put(workspace, path, "Shared by all writers of " + workspace + ".\n")
                    .path("version").asLong());
            }
            for (int i = 0; i < settings.socketWriters(); i++) {
                socketWriters.add(new SocketWriter(workspace, UUID.randomUUID().toString(), cluster.gateways(),
                    random.nextLong(), settings.intervalMs(), journal, stop));
            }
            for (int i = 0; i < settings.kafkaWriters(); i++) {
                kafkaSessions.add(UUID.randomUUID().toString());
            }
        }
        follower = new CanonicalFollower(cluster.bootstrapServers(), codec, kafkaSessions);
        socketWriters.forEach(writer -> writer.open(SHARED));
        writers.addAll(socketWriters);
        List<String> workspaces = List.copyOf(topics.keySet());
        for (int i = 0; i < kafkaSessions.size(); i++) {
            String workspace = workspaces.get(i / settings.kafkaWriters());
            KafkaWriter.Place place = new KafkaWriter.Place(cluster.bootstrapServers(), workspace,
                topics.get(workspace), SHARED, bases.get(workspace), codec);
            writers.add(new KafkaWriter(place, kafkaSessions.get(i), random.nextLong(), settings.intervalMs(),
                follower, journal, stop));
        }
    }

    private void startWriters() {
        for (Writer writer : writers) {
            Thread thread = new Thread(writer, "chaos-writer");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void settle() {
        long start = System.nanoTime();
        while (!writers.stream().allMatch(Writer::settled)) {
            for (Writer writer : writers) {
                if (writer.failure() != null) {
                    throw new AssertionError(writer.name() + ": " + writer.failure().getMessage(), writer.failure());
                }
            }
            if ((System.nanoTime() - start) / 1_000_000 > settings.settleMs()) {
                throw new AssertionError("not answered within " + settings.settleMs() + " ms: "
                    + writers.stream().filter(writer -> !writer.settled()).map(Writer::name).toList());
            }
            Pause.ms(20);
        }
    }

    /** Everything submitted was answered, so the log holds all of it and nothing else of that session. */
    private static void requireAll(Writer writer, HistoryChecker history) {
        int found = history.workspace(writer.workspace()).versions(writer.session()).size();
        if (found != writer.submitted()) {
            throw new AssertionError(writer.name() + " submitted " + writer.submitted() + " operations, the log holds "
                + found);
        }
    }

    private void requireAgreement(ModelWorkspace model, String workspace) {
        Map<String, String> files = model.files();
        for (SocketWriter writer : socketWriters) {
            if (writer.workspace().equals(workspace)) {
                writer.awaitVersion(model.version());
                SHARED.forEach(path -> requireSame(writer.name() + ", " + path, files.get(path),
                    writer.text(path, SHARED)));
            }
        }
        for (String gateway : cluster.gateways()) {
            HeddleRest rest = new HeddleRest(gateway);
            files.forEach((path, text) -> requireSame("REST of " + gateway + ", " + workspace + "/" + path, text,
                rest.textAt(workspace, path, model.version())));
            List<String> tree = new ArrayList<>();
            rest.json("/api/workspaces/" + workspace + "/files").forEach(file -> tree.add(file.path("path").asText()));
            requireSame("tree of " + gateway + ", " + workspace, List.copyOf(files.keySet()), tree);
        }
    }

    private static void requireSame(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + " is not what the log says:\n" + found + "\nexpected:\n" + expected);
        }
    }

    /** Ends the writers. */
    @Override
    public void close() {
        stop.set(true);
        threads.forEach(Thread::interrupt);
        socketWriters.forEach(SocketWriter::close);
        if (follower != null) {
            follower.close();
        }
    }
}
