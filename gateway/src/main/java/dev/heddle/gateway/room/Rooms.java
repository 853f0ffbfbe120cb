package dev.heddle.gateway.room;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.gateway.protocol.PresenceState;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The rooms of this gateway, each on one of its loops; made when first used, closed when idle. Thread-safe. */
public final class Rooms {

    /** Records of the feeds that may wait for their rooms' loops at once, over all rooms. */
    private static final int WAITING_MAX = 20_000;
    private static final long WAIT_SECONDS_MAX = 30;

    private final Semaphore waiting = new Semaphore(WAITING_MAX);
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final List<RoomLoop> loops;
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final RoomPorts ports;
    private final RoomLimits limits;

    /**
     * No rooms yet.
     *
     * @param loops  the loops to spread rooms over, one or more
     * @param ports  what rooms need from the world
     * @param limits what bounds each room
     */
    public Rooms(List<? extends RoomLoop> loops, RoomPorts ports, RoomLimits limits) {
        this.loops = List.copyOf(loops);
        this.ports = ports;
        this.limits = limits;
    }

    /** {@return what bounds each room} */
    public RoomLimits limits() {
        return limits;
    }

    /** {@return what rooms need from the world} */
    public RoomPorts ports() {
        return ports;
    }

    /**
     * Runs an action on the loop of a workspace's room, making the room if there is none. Actions given by one thread
     * for one workspace run in that order as long as the room has a member.
     *
     * @param workspace the workspace; the caller has checked that it exists
     * @param action    the action
     */
    public void with(String workspace, Consumer<Room> action) {
        Room room = rooms.computeIfAbsent(workspace, this::make);
        room.loop().execute(() -> {
            if (room.isClosed()) {
                rooms.remove(workspace, room);
                with(workspace, action);
            } else {
                action.accept(room);
            }
        });
    }

    private Room make(String workspace) {
        RoomLoop loop = loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
        Room room = new Room(workspace, loop, ports, limits);
        loop.execute(room::start);
        return room;
    }

    /**
     * {@return how new a read of a workspace must be to show everything this gateway has shown before}
     *
     * @param workspace the workspace
     */
    public ReadBound readYourWrites(String workspace) {
        return ReadBound.offset(ports.log().feedOffset(workspace));
    }

    /**
     * {@return whether a workspace has a room here, so that its records must be read}
     *
     * @param workspace the workspace
     */
    public boolean has(String workspace) {
        return rooms.containsKey(workspace);
    }

    /**
     * Passes a canonical record on, if its workspace has a room.
     *
     * @param operation   the record
     * @param traceparent the W3C trace context that came with it, or null
     */
    public void onCanonical(CanonicalOperation operation, String traceparent) {
        post(operation.workspace(), room -> room.onCanonical(operation, traceparent));
    }

    /**
     * Passes a rejection on, if its workspace has a room.
     *
     * @param rejection the rejection
     */
    public void onRejected(RejectedOperation rejection) {
        post(rejection.workspace(), room -> room.onRejected(rejection));
    }

    /**
     * Passes presence on, if its workspace has a room.
     *
     * @param workspace the workspace
     * @param state     where a session is
     */
    public void onPresence(String workspace, PresenceState state) {
        post(workspace, room -> room.onPresence(state));
    }

    /** Waits while too many records wait for their rooms: then the feed reads no further, and Kafka keeps the rest. */
    private void post(String workspace, Consumer<Room> action) {
        Room room = rooms.get(workspace);
        if (room == null) {
            return;
        }
        boolean counted = admit();
        room.loop().execute(() -> {
            try {
                if (!room.isClosed()) {
                    action.accept(room);
                }
            } finally {
                if (counted) {
                    waiting.release();
                }
            }
        });
    }

    private boolean admit() {
        try {
            return waiting.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Closes rooms that nobody used for a while.
     *
     * @param idleMs how long, in milliseconds
     */
    public void closeIdle(long idleMs) {
        long nowMs = ports.time().nowMs();
        for (Room room : rooms.values()) {
            room.loop().execute(() -> {
                if (room.closeIfIdle(nowMs, idleMs)) {
                    rooms.remove(room.workspace(), room);
                }
            });
        }
    }

    /** Closes all rooms, as the gateway ends; members are not told. */
    public void closeAll() {
        rooms.values().forEach(room -> room.loop().execute(room::close));
    }

    /** {@return how many rooms there are} */
    public int size() {
        return rooms.size();
    }

    /** {@return how many operations of sockets are not answered yet, over all rooms} */
    public int unanswered() {
        return rooms.values().stream().mapToInt(Room::unanswered).sum();
    }
}
