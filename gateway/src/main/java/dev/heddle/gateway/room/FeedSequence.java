package dev.heddle.gateway.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Turns the feed of one workspace into versions without a gap: learns the version to start from, takes the next one,
 * tells a repeat, and fills a hole from the reader. One thread at a time, the room's.
 *
 * <pre>
 *   LOADING --version read--> OPEN --close--> CLOSED
 *      |  ^
 *      +--+ reading failed: again, ever more slowly, while somebody waits or a record comes
 * </pre>
 *
 * A hole older than all that is kept cannot be filled: whoever listens is told, and has to begin anew.
 */
final class FeedSequence {

    private static final int EARLY_MAX = 10_000;
    private static final long RETRY_MS_MIN = 100;
    private static final long RETRY_MS_MAX = 2_000;

    private enum Phase { LOADING, OPEN, CLOSED }

    private record Waiter(Runnable action, Consumer<ReadException> deadline, boolean[] done) {
    }

    private final String workspace;
    private final RoomLoop loop;
    private final RoomPorts ports;
    private final RoomLimits limits;
    private final Consumer<LiveOperation> advance;
    private final Consumer<LiveOperation> repeat;
    /** Told once that a hole will never be filled: this feed fell behind all that is kept. */
    private final Consumer<ReadException> lost;
    private final List<Waiter> waiters = new ArrayList<>();
    /** Records that came before their turn, by version; beyond its bound they are dropped and read again later. */
    private final TreeMap<Long, LiveOperation> ahead = new TreeMap<>();
    private Phase phase = Phase.LOADING;
    private ReadException lastFailure;
    private long version = -1;
    private long newestSeen;
    private boolean filling;
    private long retryMs = RETRY_MS_MIN;

    FeedSequence(String workspace, RoomLoop loop, RoomPorts ports, RoomLimits limits,
                 Consumer<LiveOperation> advance, Consumer<LiveOperation> repeat, Consumer<ReadException> lost) {
        this.workspace = workspace;
        this.loop = loop;
        this.ports = ports;
        this.limits = limits;
        this.advance = advance;
        this.repeat = repeat;
        this.lost = lost;
    }

    long version() {
        return version;
    }

    void close() {
        phase = Phase.CLOSED;
        waiters.clear();
        ahead.clear();
    }

    void start() {
        // Everything the feed passed on before this room was known to it lies below this offset.
        ReadBound bound = ReadBound.offset(ports.log().feedOffset(workspace));
        ports.reader().head(workspace, bound).whenComplete((head, failure) ->
            loop.execute(() -> loaded(head, failure)));
    }

    private void loaded(WorkspaceReader.Head head, Throwable failure) {
        if (phase != Phase.LOADING) {
            return;
        }
        if (failure != null) {
            lastFailure = ReadException.of(failure);
            again(this::start);
            return;
        }
        phase = Phase.OPEN;
        retryMs = RETRY_MS_MIN;
        version = head.version();
        drainAhead();
        List<Waiter> ready = new ArrayList<>(waiters);
        waiters.clear();
        for (Waiter waiter : ready) {
            if (!waiter.done()[0]) {
                waiter.done()[0] = true;
                waiter.action().run();
            }
        }
    }

    private void again(Runnable step) {
        loop.after(retryMs, () -> {
            if (phase != Phase.CLOSED) {
                step.run();
            }
        });
        retryMs = Math.min(RETRY_MS_MAX, retryMs * 2);
    }

    void whenOpen(Runnable action, Consumer<ReadException> deadline) {
        if (phase == Phase.OPEN) {
            action.run();
            return;
        }
        Waiter waiter = new Waiter(action, deadline, new boolean[1]);
        waiters.add(waiter);
        loop.after(limits.deadlineMs(), () -> {
            if (!waiter.done()[0] && waiters.remove(waiter)) {
                waiter.done()[0] = true;
                deadline.accept(lastFailure != null ? lastFailure : new ReadException(
                    RejectionCode.UNAVAILABLE,
                    "workspace " + workspace + " could not be read within " + limits.deadlineMs() + " ms"));
            }
        });
    }

    void accept(LiveOperation operation) {
        newestSeen = Math.max(newestSeen, operation.version());
        if (phase == Phase.LOADING || phase == Phase.OPEN && operation.version() > version + 1) {
            if (ahead.size() < EARLY_MAX) {
                ahead.put(operation.version(), operation);
            }
            if (phase == Phase.OPEN) {
                fill();
            }
        } else if (phase == Phase.OPEN && operation.version() == version + 1) {
            step(operation);
            drainAhead();
        } else if (phase == Phase.OPEN) {
            repeat.accept(operation);
        }
    }

    private void step(LiveOperation operation) {
        version = operation.version();
        advance.accept(operation);
    }

    private void drainAhead() {
        while (!ahead.isEmpty() && ahead.firstKey() <= version + 1) {
            LiveOperation operation = ahead.pollFirstEntry().getValue();
            if (operation.version() <= version) {
                repeat.accept(operation);
            } else {
                step(operation);
            }
        }
        if (newestSeen > version) {
            fill();
        }
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        long needed = ahead.isEmpty() ? newestSeen : ahead.firstKey() - 1;
        ports.reader().operations(workspace, version, limits.pageOperationsMax(), ReadBound.version(needed))
            .whenComplete((page, failure) -> loop.execute(() -> filled(page, failure)));
    }

    private void filled(WorkspaceReader.OperationPage page, Throwable failure) {
        filling = false;
        if (phase != Phase.OPEN) {
            return;
        }
        if (failure != null && ReadException.of(failure).code() == RejectionCode.BASE_TOO_OLD) {
            lost.accept(ReadException.of(failure));
            return;
        }
        long before = version;
        if (failure == null) {
            for (ObjectNode message : page.operations()) {
                LiveOperation operation = LiveOperation.of(message, ports.encoder());
                if (operation.version() == version + 1) {
                    step(operation);
                }
            }
        }
        if (version > before) {
            retryMs = RETRY_MS_MIN;
            drainAhead();
        } else if (newestSeen > version) {
            filling = true;
            again(() -> {
                filling = false;
                drainAhead();
            });
        }
    }
}
