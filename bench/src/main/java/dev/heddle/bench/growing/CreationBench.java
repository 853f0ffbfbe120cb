package dev.heddle.bench.growing;

import dev.heddle.Noop;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.WireCodec;
import dev.heddle.transformer.TransformerService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How soon the first operation of a new workspace with a topic of its own is out: a real broker and a real transformer
 * of so many threads in this JVM.
 */
public final class CreationBench {

    private static final int COUNT = 40;
    private static final long BETWEEN_MS = 700;

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
     * @param arguments transformer threads, milliseconds between its heartbeats, new workspaces, one after the other
     *                  (40 where not said)
     * @throws InterruptedException never: nothing interrupts
     */
    public static void main(String[] arguments) throws InterruptedException {
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : COUNT;
        try (TestStack stack = TestStack.start(); Admin admin = stack.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, (short) 1, Duration.ofSeconds(30));
            topics.ensure(Topics.shared(Installation.SHARDS));
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.<String, Object>of(
                    "bootstrap.servers", stack.bootstrapServers(), "linger.ms", 0), new ByteArraySerializer(),
                    new ByteArraySerializer());
                 CanonicalFeed feed = new CanonicalFeed(stack.bootstrapServers())) {
                Latencies latencies = new CreationBench(stack, topics, producer, feed).run(arguments[0], arguments[1],
                    count);
                System.out.printf(Locale.ROOT, "| %s | %s | %d | %.0f | %.0f | %.0f |%n", arguments[0], arguments[1],
                    count, latencies.quantileMs(0.5), latencies.quantileMs(0.9),
                    latencies.quantileMs((count - 1.0) / count));
            }
        }
        // Clients of the broker may still be winding down; the figures are out.
        System.exit(0);
    }

    private Latencies run(String threads, String heartbeatMs, int count) throws InterruptedException {
        long[] nanos = new long[count];
        try (TransformerService transformer = new TransformerService(Map.of("bootstrap.servers",
                stack.bootstrapServers(), "schema.registry.url", stack.registryUrl(), "state.dir",
                stack.newDirectory().toString(), "heddle.shards", Integer.toString(Installation.SHARDS),
                "heddle.transformer.http.port", "0", "num.stream.threads", threads, "heartbeat.interval.ms",
                heartbeatMs))) {
            transformer.start();
            // Waits for the start as well.
            create("first");
            for (int i = 0; i < count; i++) {
                // Not in step with heartbeats and looks at the topics.
                Thread.sleep(BETWEEN_MS + i % 7 * 100L);
                nanos[i] = create("new-" + i);
            }
        }
        return new Latencies(nanos);
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
