package dev.heddle.gateway.log;

import dev.heddle.Presence;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.room.OperationLog;
import dev.heddle.gateway.room.TimeSource;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.room.WorkspaceInfo;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes operations and presence with one shared producer.
 *
 * <p>Handing a record to the producer may block (metadata of a topic it has not met, a full buffer), which an event
 * loop must never do; so each workspace belongs to one of a few sending threads, which keeps its operations in order.
 * The queues of these threads are bounded: a full one fails the operation at once.
 */
public final class KafkaOperationLog implements OperationLog, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaOperationLog.class);
    private static final int LANES = 4;
    private static final int LANE_QUEUE_MAX = 10_000;
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final HeddleSerdes serdes;
    private final int shards;
    private final WorkspaceDirectory directory;
    private final ToLongFunction<String> feedOffset;
    private final TimeSource time;
    private final Via via;
    private final OperationTraces traces;
    private final List<ExecutorService> lanes = new ArrayList<>();

    /**
     * A log on a producer of its own.
     *
     * @param clients    makes the producer
     * @param serdes     encodes the records
     * @param shards     how many shards the installation has
     * @param directory  says which topic a workspace's operations go to
     * @param feedOffset the feed's position for a workspace
     * @param time       the time
     * @param via        says that a gateway wrote it
     * @param ids        fresh UUIDs, for traces
     * @param deliveryMs how long the log may take to confirm an operation, in milliseconds
     */
    public KafkaOperationLog(KafkaClients clients, HeddleSerdes serdes, int shards, WorkspaceDirectory directory,
                             ToLongFunction<String> feedOffset, TimeSource time, Via via, Supplier<String> ids,
                             long deliveryMs) {
        this.producer = clients.producer("operations", deliveryMs, Math.max(1, deliveryMs / 2));
        this.serdes = serdes;
        this.shards = shards;
        this.directory = directory;
        this.feedOffset = feedOffset;
        this.time = time;
        this.via = via;
        this.traces = new OperationTraces(ids);
        for (int lane = 0; lane < LANES; lane++) {
            String name = "gateway-send-" + lane;
            lanes.add(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LANE_QUEUE_MAX),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                }));
        }
    }

    @Override
    public CompletionStage<Void> append(String workspace, Submission submission, String traceparent) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Optional<WorkspaceInfo> known = directory.find(workspace);
        String topic = known.map(WorkspaceInfo::opsTopic).orElseGet(() -> Topics.opsTopic(workspace, shards));
        onLane(workspace, () -> {
            byte[] value = serdes.clientOp().serializer().serialize(topic, OperationCodec.clientOp(submission));
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, workspace, value);
            record.headers().add(Via.HEADER, via.header(topic, value)).add(OperationTraces.HEADER,
                traces.submitted(workspace, submission, traceparent).getBytes(StandardCharsets.US_ASCII));
            send(record, done);
        }, done);
        return done;
    }

    @Override
    public void publish(String workspace, PresenceState state) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        onLane(workspace, () -> {
            Presence presence = new Presence(workspace, state.session(), state.name(), state.color(), state.file(),
                state.anchor(), state.head(), state.version(), state.state(), state.left(), time.nowMs());
            byte[] value = serdes.presence().serializer().serialize(Topics.PRESENCE, presence);
            send(new ProducerRecord<>(Topics.PRESENCE, Shards.of(workspace, shards),
                WorkspaceKeys.format(workspace, state.session()), value), done);
        }, done);
        done.whenComplete((sent, failure) -> {
            if (failure != null) {
                log.debug("presence of {} in {} was not sent: {}", state.session(), workspace, failure.getMessage());
            }
        });
    }

    @Override
    public long feedOffset(String workspace) {
        return feedOffset.applyAsLong(workspace);
    }

    private void onLane(String workspace, Runnable task, CompletableFuture<Void> done) {
        try {
            lanes.get(Math.floorMod(workspace.hashCode(), LANES)).execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException failed) {
                    done.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException full) {
            done.completeExceptionally(new IllegalStateException("operations waiting to be sent (expected: at most "
                + LANE_QUEUE_MAX + ")"));
        }
    }

    private void send(ProducerRecord<String, byte[]> record, CompletableFuture<Void> done) {
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    /** Sends what was handed over, for a bounded time, and ends. */
    @Override
    public void close() {
        lanes.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService lane : lanes) {
                if (!lane.awaitTermination(CLOSE.toMillis() / LANES, TimeUnit.MILLISECONDS)) {
                    lane.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }
}
