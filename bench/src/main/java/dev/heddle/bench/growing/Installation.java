package dev.heddle.bench.growing;

import dev.heddle.ClientOp;
import dev.heddle.Noop;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.WireCodec;
import dev.heddle.transformer.TransformerService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Broker, registry, one transformer, and so many workspaces. One thread. */
final class Installation implements AutoCloseable {

    /** Shards of an installation where nothing else is set. */
    static final int SHARDS = 4;

    private static final int TOPICS_AT_ONCE = 250;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PlaceKind place;
    private final Map<String, String> settings;
    private final List<String> workspaces = new ArrayList<>();
    private final TestStack stack = TestStack.start();
    private final Path state = stack.newDirectory();
    private final WireCodec codec;
    private final KafkaProducer<byte[], byte[]> producer;
    private CanonicalFeed feed;
    private TransformerService transformer;

    /**
     * An installation, its transformer not yet started.
     *
     * @param place    where raw logs are
     * @param count    workspaces
     * @param settings of the transformer, beside what is needed
     */
    Installation(PlaceKind place, int count, Map<String, String> settings) {
        this.place = place;
        this.settings = settings;
        for (int i = 0; i < count; i++) {
            workspaces.add("w-" + i);
        }
        codec = new WireCodec(stack.registryUrl());
        // As the gateway's: each operation leaves at once.
        producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(),
            "linger.ms", 0), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Makes the topics of all workspaces. */
    void createTopics() {
        Set<TopicSpec> specs = new LinkedHashSet<>(Topics.shared(SHARDS));
        workspaces.forEach(name -> specs.add(Topics.ops(name, SHARDS, place)));
        List<TopicSpec> all = List.copyOf(specs);
        try (Admin admin = stack.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, (short) 1, Duration.ofMinutes(2));
            for (int from = 0; from < all.size(); from += TOPICS_AT_ONCE) {
                topics.ensure(all.subList(from, Math.min(all.size(), from + TOPICS_AT_ONCE)));
            }
        }
        feed = new CanonicalFeed(stack.bootstrapServers());
    }

    /**
     * {@return seconds from the start of the transformer until the first operation of each busy workspace is out}
     *
     * @param busy how many workspaces are written to
     */
    double start(int busy) {
        String session = UUID.randomUUID().toString();
        for (int i = 0; i < busy; i++) {
            send(i, ClientOps.of(session, 1, 0, new Noop()));
        }
        producer.flush();
        return startAndAwait(busy, 1);
    }

    /**
     * {@return seconds until every workspace holds a file, all made at once; of workspaces with topics of their own
     * only the busy ones, as thousands of topics take long to be written to once}
     *
     * @param busy how many of them hold something already
     */
    double fill(int busy) {
        long begin = System.nanoTime();
        String session = UUID.randomUUID().toString();
        int filled = place == PlaceKind.OWN ? busy : workspaces.size();
        for (int i = 0; i < filled; i++) {
            send(i, ClientOps.of(session, 1, 0, ClientOps.create("m.txt", "")));
        }
        producer.flush();
        for (int i = 0; i < filled; i++) {
            feed.await(workspaces.get(i), i < busy ? 2 : 1);
        }
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    /**
     * {@return seconds from starting the transformer again, with what it knows, until each busy workspace is served}
     *
     * @param busy how many workspaces are written to
     */
    double restart(int busy) {
        transformer.close();
        String session = UUID.randomUUID().toString();
        for (int i = 0; i < busy; i++) {
            send(i, ClientOps.of(session, 1, 0, new Noop()));
        }
        producer.flush();
        return startAndAwait(busy, 3);
    }

    /** {@return settings of a transformer on a stack} */
    static Map<String, String> transformer(TestStack stack, Path state, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrap.servers", stack.bootstrapServers(),
            "schema.registry.url", stack.registryUrl(), "state.dir", state.toString(), "heddle.shards",
            Integer.toString(SHARDS), "heddle.transformer.http.port", "0"));
        all.putAll(more);
        return all;
    }

    /** {@return the settings among a bench's arguments, which are those of the form {@code name=value}} */
    static Map<String, String> settings(String... arguments) {
        return Arrays.stream(arguments).filter(argument -> argument.contains("="))
            .collect(Collectors.toMap(argument -> argument.substring(0, argument.indexOf('=')),
                argument -> argument.substring(argument.indexOf('=') + 1)));
    }

    private double startAndAwait(int busy, long version) {
        long begin = System.nanoTime();
        transformer = new TransformerService(transformer(stack, state, settings));
        transformer.start();
        for (int i = 0; i < busy; i++) {
            feed.await(workspaces.get(i), version);
        }
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    /**
     * Hands an operation to the producer.
     *
     * @param workspace which one, from 0
     * @param operation what
     */
    void send(int workspace, ClientOp operation) {
        String name = workspaces.get(workspace);
        producer.send(new ProducerRecord<>(Topics.opsTopic(name, SHARDS, place),
            name.getBytes(StandardCharsets.UTF_8), codec.encode(operation)));
    }

    String workspace(int index) {
        return workspaces.get(index);
    }

    CanonicalFeed feed() {
        return feed;
    }

    @Override
    public void close() {
        if (transformer != null) {
            transformer.close();
        }
        producer.close();
        if (feed != null) {
            feed.close();
        }
        stack.close();
    }
}
