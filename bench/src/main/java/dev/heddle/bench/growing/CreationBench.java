package dev.heddle.bench.growing;

import dev.heddle.Noop;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.WireCodec;
import dev.heddle.transformer.TransformerService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How soon the first operation of a new workspace with a topic of its own is out, where there are so many others that
 * nobody writes to: a real broker and a real transformer in this JVM. Prints as well what the processor does while
 * nothing happens at all, as what makes new topics seen sooner is paid for then.
 */
public final class CreationBench {

    private static final int TOPICS_AT_ONCE = 250;
    private static final long BETWEEN_MS = 700;
    private static final long IDLE_MS = 10_000;
    private static final double PERCENT = 100;

    private final TestStack stack;
    private final TopicAdmin topics;
    private final WireCodec codec;
    private final KafkaProducer<byte[], byte[]> producer;
    private final CanonicalFeed feed;

    private CreationBench(TestStack stack, TopicAdmin topics, KafkaProducer<byte[], byte[]> producer,
                          CanonicalFeed feed) {
        this.stack = stack;
        this.topics = topics;
        this.codec = new WireCodec(stack.registryUrl());
        this.producer = producer;
        this.feed = feed;
    }

    /**
     * Measures one setting and prints one line.
     *
     * @param arguments workspaces that are there already, new ones, made one after the other, and settings of the
     *                  transformer as {@code name=value}
     * @throws InterruptedException never: nothing interrupts
     */
    public static void main(String[] arguments) throws InterruptedException {
        int others = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Map<String, String> settings = Installation.settings(arguments);
        try (TestStack stack = TestStack.start(); Admin admin = stack.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, (short) 1, Duration.ofMinutes(2));
            topics.ensure(Topics.shared(Installation.SHARDS));
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.<String, Object>of(
                    "bootstrap.servers", stack.bootstrapServers(), "linger.ms", 0), new ByteArraySerializer(),
                    new ByteArraySerializer());
                 CanonicalFeed feed = new CanonicalFeed(stack.bootstrapServers())) {
                String figures = new CreationBench(stack, topics, producer, feed).run(others, count, settings);
                System.out.printf("| %d | %d | %s | %s%n", others, count, settings, figures);
            }
        }
        // Clients of the broker may still be winding down; the figures are out.
        System.exit(0);
    }

    private String run(int others, int count, Map<String, String> settings) throws InterruptedException {
        List<TopicSpec> idle = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            idle.add(Topics.ops("idle-" + i, Installation.SHARDS, PlaceKind.OWN));
        }
        for (int from = 0; from < others; from += TOPICS_AT_ONCE) {
            topics.ensure(idle.subList(from, Math.min(others, from + TOPICS_AT_ONCE)));
        }
        long[] nanos = new long[count];
        try (TransformerService transformer = new TransformerService(Installation.transformer(stack,
                stack.newDirectory(), settings))) {
            transformer.start();
            // Each shard has its task before anything is measured; waits for the start as well.
            for (int i = 0; i < 2 * Installation.SHARDS; i++) {
                create("first-" + i);
            }
            double busy = idleProcessorShare();
            for (int i = 0; i < count; i++) {
                // Not in step with heartbeats and looks at the topics.
                Thread.sleep(BETWEEN_MS + i % 7 * 100L);
                nanos[i] = create("new-" + i);
            }
            Latencies latencies = new Latencies(nanos);
            return String.format(Locale.ROOT, "%.0f | %.0f | %.0f | %.1f |", latencies.quantileMs(0.5),
                latencies.quantileMs(0.9), latencies.quantileMs((count - 1.0) / count), busy);
        }
    }

    /** {@return how much of one core broker and transformer take while nobody writes, in per cent} */
    private static double idleProcessorShare() throws InterruptedException {
        // What the last operations set in motion is over then.
        Thread.sleep(IDLE_MS / 2);
        long begin = System.nanoTime();
        long used = processorNanos();
        Thread.sleep(IDLE_MS);
        return PERCENT * (processorNanos() - used) / (System.nanoTime() - begin);
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** {@return nanoseconds from the topic's creation to the canonical record of the first operation} */
    private long create(String name) {
        topics.ensure(List.of(Topics.ops(name, Installation.SHARDS, PlaceKind.OWN)));
        long begin = System.nanoTime();
        producer.send(new ProducerRecord<>(Topics.opsTopic(name, Installation.SHARDS, PlaceKind.OWN),
            name.getBytes(StandardCharsets.UTF_8), codec.encode(ClientOps.of(UUID.randomUUID().toString(), 1, 0,
                new Noop()))));
        feed.await(name, 1);
        return System.nanoTime() - begin;
    }
}
