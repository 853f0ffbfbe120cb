package dev.heddle.transformer;

import static org.awaitility.Awaitility.await;

import dev.heddle.Noop;
import dev.heddle.engine.text.Change;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Figures for docs/internals/transformer.md, with {@code -Dheddle.measure=true}; nothing here is asserted.
 * Transformers run as processes of their own; broker, registry and writer share this JVM's machine.
 */
@EnabledIfSystemProperty(named = "heddle.measure", matches = "true")
class MeasuresIT {

    private static final int SHARDS = 4;
    private static final int WARM_UP = 1_000;
    private static final int OPERATIONS = 4_000;
    private static final long PER_SECOND = 200;

    private Running running;
    private KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Long> arrivedNanos = new ConcurrentHashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    /** {@return operations of history: all three sizes, or the one asked for} */
    static IntStream histories() {
        return Stream.of(System.getProperty("heddle.measure.histories", "10000,100000,1000000").split(","))
            .mapToInt(Integer::parseInt);
    }

    @BeforeEach
    void start() {
        running = new Running(SHARDS);
    }

    @AfterEach
    void stop() {
        if (consumer != null) {
            consumer.close();
        }
        running.close();
    }

    /** From handing an operation to the producer until its canonical record is read: two producer hops and a read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    @Timeout(600)
    void hop(int workspaces) throws Exception {
        Path directory = running.stack.newDirectory();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < workspaces; i++) {
            names.add(running.workspace());
        }
        running.process(directory, settings());
        awaitFirst(names);
        follow();
        String session = UUID.randomUUID().toString();
        long[] sent = new long[WARM_UP + OPERATIONS];
        long[] nanos = new long[OPERATIONS];
        Map<String, Long> seqs = new HashMap<>();
        long begin = System.nanoTime();
        for (int i = 0; i < sent.length; i++) {
            String name = names.get(i % workspaces);
            long seq = seqs.merge(name, 1L, Long::sum);
            while (System.nanoTime() - begin < i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND) {
                poll(Duration.ofMillis(1));
            }
            sent[i] = System.nanoTime();
            running.send(name, seq == 1 ? ClientOps.of(session, 1, 0, ClientOps.create("m.txt", ""))
                : ClientOps.of(session, seq, seq, ClientOps.edit("m.txt", List.of(new Change(0, 0, "x")))));
            poll(Duration.ZERO);
        }
        for (int i = 0; i < sent.length; i++) {
            // Version 1 of each workspace was the operation that showed it is read.
            String key = CanonicalKeys.format(names.get(i % workspaces), i / workspaces + 2);
            while (!arrivedNanos.containsKey(key)) {
                poll(Duration.ofMillis(10));
            }
            if (i >= WARM_UP) {
                nanos[i - WARM_UP] = arrivedNanos.get(key) - sent[i];
            }
        }
        Arrays.sort(nanos);
        System.out.printf("hop, %d workspaces, %d ops/s: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
            workspaces, PER_SECOND, nanos[OPERATIONS / 2] / 1e6, nanos[OPERATIONS * 9 / 10] / 1e6,
            nanos[OPERATIONS * 99 / 100] / 1e6, nanos[OPERATIONS - 1] / 1e6);
    }

    /** After {@code kill -9}: from starting the process again until the first operation sent meanwhile is out. */
    @ParameterizedTest
    @MethodSource("histories")
    @Timeout(1_200)
    void recovery(int operations) throws Exception {
        List<String> names = workspaces(8);
        Path directory = running.stack.newDirectory();
        Process process = running.process(directory, named());
        awaitFirst(names);
        follow();
        type(names, operations);
        long each = operations / names.size() + 1 + typeAtLeisure(names);
        awaitCommitted(names, each);
        process.destroyForcibly().waitFor();
        System.out.printf("recovery, %d operations, state kept: %.1f s%n", operations,
            again(directory, names, each + 1));
        Path empty = running.stack.newDirectory();
        System.out.printf("recovery, %d operations, state wiped: %.1f s%n", operations, again(empty, names, each + 2));
    }

    /** After {@code kill -9} of the owner while another instance keeps a standby of its stores. */
    @ParameterizedTest
    @MethodSource("histories")
    @Timeout(1_200)
    void failover(int operations) throws Exception {
        List<String> names = workspaces(8);
        String[] settings = settings("num.standby.replicas", "1");
        Process first = running.process(running.stack.newDirectory(), settings);
        awaitFirst(names);
        follow();
        type(names, operations);
        Process second = running.process(running.stack.newDirectory(), settings);
        // The standby is as new as the log before the owner is killed: shards move to it once it has caught up.
        first(names, operations / names.size() + 2);
        await().pollDelay(Duration.ofSeconds(15)).atMost(Running.LONG).until(second::isAlive);
        awaitCommitted(names, operations / names.size() + 2);
        first.destroyForcibly().waitFor();
        long begin = System.nanoTime();
        first(names, operations / names.size() + 3);
        System.out.printf("failover to a standby, %d operations, last shard: %.1f s%n", operations,
            (System.nanoTime() - begin) / 1e9);
        second.destroyForcibly().waitFor();
    }

    private List<String> workspaces(int count) {
        return Stream.generate(running::workspace).limit(count).toList();
    }

    /** Sends so many operations, evenly over the workspaces, and waits until all are ordered. */
    private void type(List<String> names, int operations) {
        long begin = System.nanoTime();
        String session = UUID.randomUUID().toString();
        for (int i = 0; i < operations; i++) {
            long seq = i / names.size() + 1;
            running.send(names.get(i % names.size()), seq == 1
                ? ClientOps.of(session, 1, 0, ClientOps.create("m.txt", ""))
                : ClientOps.of(session, seq, seq, ClientOps.edit("m.txt", List.of(new Change(0, 0, "x")))));
            if (i % 1_000 == 0) {
                poll(Duration.ZERO);
            }
        }
        long each = operations / names.size() + 1;
        while (names.stream().anyMatch(name -> versions.getOrDefault(name, 0L) < each)) {
            poll(Duration.ofMillis(50));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("history of %d operations: ordered in %.1f s, %.0f/s%n", operations, seconds,
            operations / seconds);
    }

    /**
     * {@return how many more operations each workspace got, two a second for {@code -Dheddle.measure.leisure} seconds}
     * A history is written over days, in which brokers compact what a test writes in a minute.
     */
    private long typeAtLeisure(List<String> names) {
        int count = 2 * Integer.getInteger("heddle.measure.leisure", 0);
        String session = UUID.randomUUID().toString();
        for (int i = 1; i <= count; i++) {
            for (String name : names) {
                running.send(name, ClientOps.of(session, i, versions.get(name), new Noop()));
            }
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            while (System.nanoTime() < until) {
                poll(Duration.ofMillis(20));
            }
        }
        return count;
    }

    /** A history is written over days: what was typed this fast for the measurement is not all read again. */
    private void awaitCommitted(List<String> names, long each) {
        try (Admin admin = running.stack.admin()) {
            await().atMost(Running.LONG).until(() -> {
                Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("heddle-transformer")
                    .partitionsToOffsetAndMetadata().get();
                return names.stream().map(name -> offsets.get(new TopicPartition(Topics.opsTopic(name, SHARDS), 0)))
                    .allMatch(offset -> offset != null && offset.offset() >= each);
            });
        }
    }

    /** As where the disk may be lost: with a name that is set, unless that is switched off to see what it gives. */
    private String[] named() {
        String name = System.getProperty("heddle.measure.instance", "measured");
        return name.isEmpty() ? settings() : settings("group.instance.id", name);
    }

    private String[] settings(String... more) {
        List<String> all = new ArrayList<>(List.of("heddle.checkpoint.decisions.max", "1000",
            "heddle.history.versions.max", "100000", "session.timeout.ms", "6000", "heartbeat.interval.ms", "1500",
            "commit.interval.ms", System.getProperty("heddle.measure.commit.ms", "1000")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private double again(Path directory, List<String> names, long version) throws Exception {
        long begin = System.nanoTime();
        Process process = running.process(directory, named());
        first(names, version);
        double seconds = (System.nanoTime() - begin) / 1e9;
        process.destroyForcibly().waitFor();
        return seconds;
    }

    /** Sends one operation to each workspace and waits until all are out with this version. */
    private void first(List<String> names, long version) {
        names.forEach(name -> running.send(name, ClientOps.of(UUID.randomUUID().toString(), 1, version - 1,
            new Noop())));
        running.producer.flush();
        while (names.stream().anyMatch(name -> versions.getOrDefault(name, 0L) < version)) {
            poll(Duration.ofMillis(5));
        }
    }

    private void awaitFirst(List<String> names) {
        names.forEach(name -> running.send(name, ClientOps.of(UUID.randomUUID().toString(), 1, 0, new Noop())));
        names.forEach(name -> running.awaitVersion(name, 1));
    }

    private void follow() {
        consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", running.stack.bootstrapServers()),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo each : consumer.partitionsFor(Topics.CANONICAL)) {
            partitions.add(new TopicPartition(Topics.CANONICAL, each.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private void poll(Duration duration) {
        consumer.poll(duration).forEach(record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            arrivedNanos.putIfAbsent(key, System.nanoTime());
            int slash = key.indexOf('/');
            versions.merge(key.substring(0, slash), Long.parseLong(key.substring(slash + 1)), Math::max);
        });
    }
}
