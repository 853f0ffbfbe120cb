package dev.heddle.gateway.log;

import dev.heddle.Workspace;
import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.TimeSource;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.room.WorkspaceInfo;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The workspaces of the installation, read from the beginning of {@code heddle.workspaces} and followed from then on.
 * A workspace exists once its record has come back from there, so every gateway agrees.
 */
public final class KafkaWorkspaceDirectory implements WorkspaceDirectory, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HeddleSerdes serdes;
    private final int shards;
    private final short replicationFactor;
    private final int workspacesMax;
    private final PlaceKind defaultPlace;
    private final TimeSource time;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final Executor workers;
    private final TopicTail tail;
    private final ConcurrentSkipListMap<String, WorkspaceInfo> workspaces = new ConcurrentSkipListMap<>();
    private final Map<String, CompletableFuture<WorkspaceInfo>> expected = new ConcurrentHashMap<>();

    /**
     * A directory that does not run yet.
     *
     * @param clients           makes its clients
     * @param serdes            encodes and decodes the records
     * @param shards            how many shards the installation has
     * @param replicationFactor of new topics
     * @param workspacesMax     how many workspaces there may be
     * @param defaultPlace      where a new workspace's raw log is unless its creator says otherwise
     * @param time              the time
     * @param workers           runs what blocks
     */
    public KafkaWorkspaceDirectory(KafkaClients clients, HeddleSerdes serdes, int shards, short replicationFactor,
                                   int workspacesMax, PlaceKind defaultPlace, TimeSource time,
                                   ExecutorService workers) {
        this.serdes = serdes;
        this.shards = shards;
        this.replicationFactor = replicationFactor;
        this.workspacesMax = workspacesMax;
        this.defaultPlace = defaultPlace;
        this.time = time;
        this.workers = workers;
        this.admin = clients.admin();
        this.producer = clients.producer("workspaces", TIMEOUT.toMillis(), TIMEOUT.toMillis() / 2);
        this.tail = new TopicTail(Topics.WORKSPACES, 1, TopicTail.Start.BEGINNING, clients.consumer("workspace-list"),
            this::take);
    }

    /**
     * Makes the shared topics if they are missing, checks them otherwise; blocks until that is done.
     *
     * @return the names of those that were missing
     */
    public Set<String> ensureSharedTopics() {
        return new TopicAdmin(admin, replicationFactor, TIMEOUT).ensure(Topics.shared(shards));
    }

    /** Starts to read. */
    public void start() {
        tail.start();
    }

    @Override
    public boolean complete() {
        return tail.caughtUp();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            workspaces.remove(record.key());
            return;
        }
        Workspace workspace = serdes.workspace().deserializer().deserialize(record.topic(), record.value());
        WorkspaceInfo info =
            new WorkspaceInfo(workspace.getName(), workspace.getShard(), workspace.getOpsTopic());
        workspaces.put(info.name(), info);
        CompletableFuture<WorkspaceInfo> waiting = expected.remove(info.name());
        if (waiting != null) {
            waiting.complete(info);
        }
    }

    @Override
    public Optional<WorkspaceInfo> find(String name) {
        return Optional.ofNullable(workspaces.get(name));
    }

    @Override
    public List<WorkspaceInfo> all() {
        return List.copyOf(workspaces.values());
    }

    @Override
    public CompletionStage<Creation> create(String name, PlaceKind place) {
        WorkspaceInfo known = workspaces.get(name);
        if (known != null) {
            return CompletableFuture.completedFuture(new Creation(known, false));
        }
        if (!complete()) {
            // Made again, one that exists would lose its place.
            return CompletableFuture.failedFuture(new ReadException(RejectionCode.UNAVAILABLE, "workspace " + name
                + " could not be created: the workspaces that exist are not all read yet"));
        }
        if (workspaces.size() >= workspacesMax) {
            return CompletableFuture.failedFuture(new ReadException(RejectionCode.LIMIT_REACHED, "workspaces: "
                + workspaces.size() + " (expected: at most " + workspacesMax + ")"));
        }
        CompletableFuture<WorkspaceInfo> visible = new CompletableFuture<>();
        CompletableFuture<WorkspaceInfo> earlier = expected.putIfAbsent(name, visible);
        if (earlier != null) {
            return earlier.thenApply(info -> new Creation(info, false));
        }
        visible.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((info, failure) -> expected.remove(name, visible));
        workers.execute(() -> {
            try {
                make(name, place == null ? defaultPlace : place, visible);
            } catch (RuntimeException failed) {
                visible.completeExceptionally(unavailable(name, failed));
            }
        });
        return visible.handle((info, failure) -> {
            if (failure != null) {
                throw failure instanceof ReadException typed ? typed : unavailable(name, failure);
            }
            return new Creation(info, true);
        });
    }

    private void make(String name, PlaceKind place, CompletableFuture<WorkspaceInfo> visible) {
        new TopicAdmin(admin, replicationFactor, TIMEOUT).ensure(List.of(Topics.ops(name, shards, place)));
        Workspace workspace = new Workspace(name, Shards.of(name, shards), Topics.opsTopic(name, shards, place),
            Map.of(), time.nowMs(), List.of());
        byte[] value = serdes.workspace().serializer().serialize(Topics.WORKSPACES, workspace);
        producer.send(new ProducerRecord<>(Topics.WORKSPACES, 0, name, value), (metadata, failure) -> {
            if (failure != null) {
                visible.completeExceptionally(unavailable(name, failure));
            }
        });
    }

    /**
     * Makes raw logs that belong to no listed workspace; blocks until they are there.
     *
     * @param names the names their topics are made for
     * @return the names of the topics that were missing
     */
    public Set<String> ensureUnlisted(List<String> names) {
        return new TopicAdmin(admin, replicationFactor, TIMEOUT)
            .ensure(names.stream().map(name -> Topics.ops(name, shards)).toList());
    }

    private static ReadException unavailable(String name, Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new ReadException(RejectionCode.UNAVAILABLE, "workspace " + name + " could not be created: " + reason);
    }

    @Override
    public void close() {
        tail.close();
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
