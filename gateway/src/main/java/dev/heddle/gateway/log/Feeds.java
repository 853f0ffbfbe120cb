package dev.heddle.gateway.log;

import dev.heddle.CanonicalOp;
import dev.heddle.Presence;
import dev.heddle.Rejection;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceKeys;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes what the services write on to the rooms: canonical operations, rejections, presence; from the start on. */
public final class Feeds implements AutoCloseable {

    private final HeddleSerdes serdes;
    private final int shards;
    private final TopicTail canonical;
    private final TopicTail rejections;
    private final TopicTail presence;
    private final OperationTraces traces;
    private volatile Rooms rooms;

    /**
     * Feeds that do not run yet.
     *
     * @param clients makes the consumers
     * @param serdes  decodes the records
     * @param shards  how many shards the installation has
     * @param ids     fresh UUIDs, for traces
     */
    public Feeds(KafkaClients clients, HeddleSerdes serdes, int shards, Supplier<String> ids) {
        this.traces = new OperationTraces(ids);
        this.serdes = serdes;
        this.shards = shards;
        this.canonical = new TopicTail(Topics.CANONICAL, shards, TopicTail.Start.END, clients.consumer("canonical"),
            this::canonical);
        this.rejections = new TopicTail(Topics.REJECTIONS, shards, TopicTail.Start.END,
            clients.consumer("rejections"), this::rejection);
        this.presence = new TopicTail(Topics.PRESENCE, shards, TopicTail.Start.END, clients.consumer("presence"),
            this::presence);
    }

    /**
     * Starts the threads.
     *
     * @param rooms where everything goes
     */
    public void start(Rooms rooms) {
        this.rooms = rooms;
        canonical.start();
        rejections.start();
        presence.start();
    }

    /** {@return whether all of them know where they begin and follow} */
    public boolean ready() {
        return canonical.caughtUp() && rejections.caughtUp() && presence.caughtUp();
    }

    /**
     * {@return the canonical offset below which everything of a workspace's shard was passed on}
     *
     * @param workspace the workspace
     */
    public long offset(String workspace) {
        return canonical.position(Shards.of(workspace, shards));
    }

    private void canonical(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !rooms.has(CanonicalKeys.parse(record.key()).workspace())) {
            return;
        }
        CanonicalOp op = serdes.canonicalOp().deserializer().deserialize(record.topic(), record.value());
        CanonicalOperation operation = OperationCodec.canonical(op);
        rooms.onCanonical(operation, traces.committed(operation, record.headers().lastHeader(OperationTraces.HEADER)));
    }

    private void rejection(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !rooms.has(WorkspaceKeys.parse(record.key()).workspace())) {
            return;
        }
        Rejection rejection = serdes.rejection().deserializer().deserialize(record.topic(), record.value());
        RejectedOperation rejected = OperationCodec.rejected(rejection);
        rooms.onRejected(rejected);
    }

    private void presence(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !rooms.has(WorkspaceKeys.parse(record.key()).workspace())) {
            return;
        }
        Presence said = serdes.presence().deserializer().deserialize(record.topic(), record.value());
        rooms.onPresence(said.getWorkspace(), new PresenceState(said.getSession(), said.getName(), said.getColor(),
            said.getFile(), said.getAnchor(), said.getHead(), said.getVersion(), said.getState(), said.getLeft()));
    }

    @Override
    public void close() {
        canonical.close();
        rejections.close();
        presence.close();
    }
}
