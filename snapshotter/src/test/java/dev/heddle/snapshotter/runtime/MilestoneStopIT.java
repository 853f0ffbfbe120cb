package dev.heddle.snapshotter.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.heddle.Noop;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.history.MilestoneCodec;
import dev.heddle.snapshotter.history.MilestoneFiles;
import dev.heddle.snapshotter.history.MilestoneKeeper;
import dev.heddle.snapshotter.history.RawLog;
import dev.heddle.snapshotter.history.Rebuilder;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.WireCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A snapshotter stops while it goes through a raw log to keep points of its history. */
class MilestoneStopIT {

    private static final int SHARDS = 1;
    private static final int VERSIONS = 60;
    private static final String THREAD = "heddle-snapshotter-milestones";

    @Test
    void shouldSayNothingWhenItStopsWhileItKeepsPointsOfAHistory(@TempDir Path folder) throws Exception {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        String workspace = TestStack.workspace("stop");
        try (TestStack stack = TestStack.start()) {
            write(stack, workspace);
            SchemaRegistryClient registry =
                SchemaRegistryClient.create(Map.of("schema.registry.url", stack.registryUrl()));
            RawLog log = new KafkaRawLog(Map.of("bootstrap.servers", stack.bootstrapServers(), "max.poll.records", 10,
                "auto.offset.reset", "none", "max.partition.fetch.bytes", 1_000), SHARDS,
                new KafkaRawLog.Readers(registry, HeddleSerdes.of(registry).workspace().deserializer()),
                Duration.ofSeconds(20));
            MilestoneFiles files = MilestoneFiles.open(folder,
                new MilestoneCodec(HeddleSerdes.of(registry).canonicalOp()), 1 << 24);
            CountDownLatch reading = new CountDownLatch(1);
            RawLog interrupted = (name, from, visitor) -> log.read(name, from, submission -> {
                reading.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return visitor.test(submission);
            });
            MilestoneKeeper keeper = new MilestoneKeeper(new Rebuilder(interrupted, Limits.DEFAULT,
                operation -> false, 10, 100, 1_000, files), name -> (after, upTo) -> Map.of());
            events.start();
            root.addAppender(events);
            keeper.passed(workspace, VERSIONS);
            assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();

            keeper.close();

            await().atMost(Duration.ofMinutes(1)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(THREAD)));
        } finally {
            root.detachAppender(events);
        }
        assertThat(List.copyOf(events.list)).filteredOn(event -> event.getThreadName().equals(THREAD))
            .extracting(ILoggingEvent::toString).isEmpty();
    }

    private static void write(TestStack stack, String workspace) throws Exception {
        WireCodec codec = new WireCodec(stack.registryUrl());
        String topic = Topics.opsTopic(workspace, SHARDS);
        String session = UUID.randomUUID().toString();
        try (Admin admin = stack.admin(); KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()), new ByteArraySerializer(),
            new ByteArraySerializer())) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(List.of(Topics.ops(workspace, SHARDS)));
            for (int seq = 1; seq <= VERSIONS; seq++) {
                producer.send(new ProducerRecord<>(topic, codec.encode(ClientOps.of(session, seq, seq - 1,
                    new Noop())))).get();
            }
        }
    }
}
