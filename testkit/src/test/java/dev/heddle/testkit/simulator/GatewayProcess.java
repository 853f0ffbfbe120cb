package dev.heddle.testkit.simulator;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.protocol.FrameEncoder;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.room.OperationLog;
import dev.heddle.gateway.room.RoomEvents;
import dev.heddle.gateway.room.RoomLimits;
import dev.heddle.gateway.room.RoomLoop;
import dev.heddle.gateway.room.RoomPorts;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One run of one gateway: the real rooms, fed from the simulated log. Ends with everything it holds. */
final class GatewayProcess implements OperationLog, RoomLoop {

    private static final RoomLimits LIMITS = new RoomLimits(50, 6, 200, 50, 4, 12, 1 << 16, 5, 2_000, 50, 30_000,
        1 << 16);

    private final World world;
    private final String name;
    private final Producer producer;
    private final Rooms rooms;
    private final List<Tail> tails = new ArrayList<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private boolean alive = true;

    /** Follows one partition from its end on; the position is published before a record is passed on. */
    private final class Tail {
        private final Partition partition;
        private final Consumer<Partition.Entry> taker;
        private final Consumer<Partition.Entry> wakeUp = appended -> wake();
        private long position;
        private boolean reading;

        Tail(Partition partition, Consumer<Partition.Entry> taker) {
            this.partition = partition;
            this.taker = taker;
            this.position = partition.end();
            partition.listen(wakeUp);
        }

        private void wake() {
            if (!reading) {
                reading = true;
                after(world.dice.delayMs(3, world.settings.slowMs()), this::read);
            }
        }

        private void read() {
            reading = false;
            int count = world.dice.between(1, 6);
            for (int i = 0; i < count; i++) {
                Partition.Entry entry = partition.next(position);
                if (entry == null) {
                    position = partition.end();
                    return;
                }
                position = entry.offset() + 1;
                if (entry.value() != null) {
                    taker.accept(entry);
                }
            }
            wake();
        }
    }

    GatewayProcess(World world, String name, Reading reading) {
        this.world = world;
        this.name = name;
        this.producer = new Producer(world.timeline, world.dice, world.settings.slowMs());
        this.rooms = new Rooms(List.of(this), new RoomPorts(reading, this, world.timeline, new FrameEncoder(), this,
            RoomEvents.NONE), LIMITS);
        world.canonical.forEach(partition -> tails.add(new Tail(partition, this::canonical)));
        world.rejections.forEach(partition -> tails.add(new Tail(partition, this::rejection)));
    }

    Rooms rooms() {
        return rooms;
    }

    private void canonical(Partition.Entry entry) {
        if (rooms.has(CanonicalKeys.parse(text(entry.key())).workspace())) {
            pass(OperationCodec.canonical(world.serdes.canonicalOp().deserializer()
                .deserialize(entry.topic(), entry.value())));
        }
    }

    /** Passes an operation on to its room. */
    void pass(CanonicalOperation operation) {
        if (alive) {
            rooms.onCanonical(operation, null);
        }
    }

    private void rejection(Partition.Entry entry) {
        if (world.fault != Fault.LOST_ANSWER && rooms.has(WorkspaceKeys.parse(text(entry.key())).workspace())) {
            rooms.onRejected(OperationCodec.rejected(world.serdes.rejection().deserializer()
                .deserialize(entry.topic(), entry.value())));
        }
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<Void> append(String workspace, Submission submission, String traceparent) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Partition log = world.rawLog(workspace);
        byte[] value = world.serdes.clientOp().serializer().serialize(log.topic(),
            OperationCodec.clientOp(submission));
        byte[] via = Via.UNSIGNED.header(log.topic(), value);
        int fate = world.calm() ? 1_000 : world.dice.below(1_000);
        if (fate < 10) {
            world.totals.count("appends lost");
            after(200, () -> done.completeExceptionally(new IllegalStateException("the log is away")));
        } else {
            producer.send(log, workspace.getBytes(StandardCharsets.UTF_8), value, via, () -> {
                if (fate >= 20) {
                    after(world.dice.delayMs(2, 20), () -> done.complete(null));
                }
            });
            if (fate < 20) {
                world.totals.count("appends unconfirmed");
                after(200, () -> done.completeExceptionally(new IllegalStateException("no answer from the log")));
            }
        }
        return done;
    }

    @Override
    public void publish(String workspace, PresenceState state) {
        // Presence is not history.
    }

    @Override
    public long feedOffset(String workspace) {
        return tails.get(world.shardOf(workspace)).position;
    }

    @Override
    public void after(long delayMs, Runnable task) {
        world.timeline.after(delayMs, () -> {
            if (alive) {
                task.run();
            }
        });
    }

    @Override
    public void execute(Runnable task) {
        after(0, task);
    }

    void connected(Connection connection) {
        connections.add(connection);
    }

    void disconnected(Connection connection) {
        connections.remove(connection);
    }

    /** The process ends: its sockets break, what it was sending may or may not arrive. */
    void die() {
        alive = false;
        world.note(name, "dies");
        world.totals.count("gateway crashes");
        producer.die();
        tails.forEach(tail -> tail.partition.forget(tail.wakeUp));
        List.copyOf(connections).forEach(Connection::brokenByServer);
    }

    boolean alive() {
        return alive;
    }

    /** {@return whether it has passed on everything and sends nothing} */
    boolean atRest() {
        return producer.idle() && tails.stream().allMatch(tail -> tail.partition.next(tail.position) == null);
    }

    @Override
    public String toString() {
        return name;
    }
}
