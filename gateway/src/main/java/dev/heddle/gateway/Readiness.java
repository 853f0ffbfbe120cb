package dev.heddle.gateway;

import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.room.Answer;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.TimeSource;
import dev.heddle.schemas.topic.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tells whether a submitted edit would be sequenced, by trying: per shard, an operation that does nothing goes the way
 * of any other (producer, raw log, transformer, canonical feed, room, and the snapshotter when the room opens).
 *
 * <p>The same operation of the same session is sent each time, so after the first it is a repeat to the transformer:
 * its first answer is sent again, no version is used up. Its workspaces are listed nowhere. Thread-safe.
 */
final class Readiness {

    /** Names that begin like this belong to the gateway; users cannot create them. */
    static final String PROBE_PREFIX = "heddle-probe-";

    private static final int PERIODS = 3;
    private static final long NEVER = Long.MIN_VALUE;

    private final Rooms rooms;
    private final TimeSource time;
    private final String session;
    private final long intervalMs;
    private final long startedAtMs;
    private final List<String> workspaces;
    private final AtomicLongArray succeededAtMs;
    private final AtomicLongArray underWay;
    private final AtomicReferenceArray<String> failures;

    Readiness(Rooms rooms, TimeSource time, String session, int shards, long intervalMs) {
        this.rooms = rooms;
        this.time = time;
        this.session = session;
        this.intervalMs = intervalMs;
        this.startedAtMs = time.nowMs();
        this.workspaces = workspaces(shards);
        this.succeededAtMs = new AtomicLongArray(shards);
        this.underWay = new AtomicLongArray(shards);
        this.failures = new AtomicReferenceArray<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            succeededAtMs.set(shard, NEVER);
            failures.set(shard, "no probe was answered yet");
        }
    }

    /** {@return one workspace name per shard, in the order of shards} */
    static List<String> workspaces(int shards) {
        Map<Integer, String> byShard = new TreeMap<>();
        for (int number = 0; byShard.size() < shards; number++) {
            byShard.putIfAbsent(Shards.of(PROBE_PREFIX + number, shards), PROBE_PREFIX + number);
        }
        return new ArrayList<>(byShard.values());
    }

    List<String> workspaces() {
        return workspaces;
    }

    /** Sends a probe to each shard that none is under way for; call it once per interval, or more often at first. */
    void probe() {
        for (int i = 0; i < workspaces.size(); i++) {
            int shard = i;
            if (!underWay.compareAndSet(shard, 0, 1)) {
                continue;
            }
            rooms.with(workspaces.get(shard), room -> room.submitAndAwait(
                new Submission(session, 1, 0, null, "heddle-probe", new Operation.Noop(), 0, 0), null)
                .whenComplete((answer, failure) -> {
                    if (answer instanceof Answer.Committed) {
                        succeededAtMs.set(shard, time.nowMs());
                        failures.set(shard, "the probe after the last answered one is not answered yet");
                    } else {
                        failures.set(shard, String.valueOf(failure != null ? failure.getMessage() : answer));
                    }
                    underWay.set(shard, 0);
                }));
        }
    }

    /**
     * {@return why operations of a workspace would not be ordered; empty where a probe of its shard got through lately,
     * or where it is too early to tell}
     *
     * @param workspace the workspace
     */
    Optional<String> fault(String workspace) {
        int shard = Shards.of(workspace, workspaces.size());
        long at = succeededAtMs.get(shard);
        long silentMs = time.nowMs() - (at == NEVER ? startedAtMs : at);
        return silentMs <= PERIODS * intervalMs ? Optional.empty() : Optional.of("nobody has ordered operations of "
            + "shard " + Shards.digits(shard) + " for " + silentMs + " ms: " + failures.get(shard));
    }

    /** {@return for each shard that no probe got through lately, why; empty means ready} */
    Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        long nowMs = time.nowMs();
        for (int shard = 0; shard < workspaces.size(); shard++) {
            long at = succeededAtMs.get(shard);
            if (at == NEVER || nowMs - at > PERIODS * intervalMs) {
                faults.put("shard " + Shards.digits(shard), failures.get(shard));
            }
        }
        return faults;
    }
}
