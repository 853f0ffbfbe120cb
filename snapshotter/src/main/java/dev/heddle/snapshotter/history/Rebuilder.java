package dev.heddle.snapshotter.history;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Limits;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds earlier states of workspaces from their raw logs. What it passed is kept at intervals, so that a second read
 * does not begin at the beginning; how much is kept is bounded. Any thread; blocks; one rebuild per workspace.
 */
public final class Rebuilder {

    private static final int LOCKS = 64;
    /** How many intervals before a version that was asked for are remembered in memory. */
    private static final int REMEMBERED_INTERVALS = 4;

    /** Says whether a history just rebuilt is the one that the canonical log knows. */
    @FunctionalInterface
    public interface Proof {
        /**
         * {@return the hashes that are known for certain, by version; any number of them}
         *
         * @param after above this version
         * @param upTo  and up to this one, {@link Long#MAX_VALUE} for any
         */
        Map<Long, Hash> known(long after, long upTo);
    }

    private static final Logger log = LoggerFactory.getLogger(Rebuilder.class);

    private final RawLog rawLog;
    private final Limits limits;
    private final Predicate<CanonicalOperation> tooLarge;
    private final long interval;
    private final int recentMax;
    private final Milestones milestones;
    private final Object[] locks = new Object[LOCKS];

    /**
     * A rebuilder.
     *
     * @param rawLog        reads raw logs
     * @param limits        the limits the transformer decides under; they must be the same
     * @param tooLarge      whether the transformer refused an operation because its record would be too large
     * @param interval      versions between two points kept, at least 1
     * @param milestonesMax points kept over all workspaces
     * @param recentMax     operations remembered with each point; an operation that stands on an older one costs a
     *                      walk from the beginning
     * @param files         where points outlive the process; null to keep them in memory only
     */
    public Rebuilder(RawLog rawLog, Limits limits, Predicate<CanonicalOperation> tooLarge, long interval,
                     int milestonesMax, int recentMax, MilestoneFiles files) {
        this.recentMax = recentMax;
        this.rawLog = Objects.requireNonNull(rawLog, "rawLog");
        this.limits = limits.toBuilder().historyVersionsHot(Math.min(1 << 24, limits.historyVersionsMax())).build();
        this.tooLarge = tooLarge;
        this.interval = interval;
        this.milestones = new Milestones(milestonesMax, files);
        Arrays.setAll(locks, index -> new Object());
    }

    /**
     * {@return the last state up to a version and a time}
     *
     * @param workspace the workspace's name
     * @param version   the version, {@link Long#MAX_VALUE} for any
     * @param timeMs    the time, milliseconds since 1970 UTC, {@link Long#MAX_VALUE} for any
     * @param proof     what is known for certain
     * @throws HistoryException where the log ends before the version, or gives another history than the one known
     */
    public PastState at(String workspace, long version, long timeMs, Proof proof) {
        synchronized (locks[Math.floorMod(workspace.hashCode(), LOCKS)]) {
            return walk(workspace, version, timeMs, proof, true);
        }
    }

    /**
     * Keeps points of a history on disk up to a version, as far as they are worth their place and not there yet, so
     * that the first read of a version of long ago need not begin at the beginning either. Reads go on beside it.
     *
     * @param workspace the workspace's name
     * @param version   a version that the raw log has
     * @param proof     what is known for certain
     * @throws HistoryException as {@link #at} does
     */
    public void keep(String workspace, long version, Proof proof) {
        long whole = version - version % interval;
        if (whole > 0 && milestones.due(workspace, whole)) {
            walk(workspace, whole, Long.MAX_VALUE, proof, false);
        }
    }

    private PastState walk(String workspace, long version, long timeMs, Proof proof, boolean remembering) {
        Milestone start = milestones.before(workspace, version, timeMs);
        while (true) {
            try {
                return new Rebuild(workspace, start, proof, version, remembering).run(version, timeMs);
            } catch (HistoryException different) {
                if (start == null) {
                    throw different;
                }
                // The points are of another log of that name, or were made under other limits.
                log.warn("{}; rebuilt from the beginning", different.getMessage());
                milestones.forget(workspace);
                start = null;
            } catch (Replay.ReachesBackException farBack) {
                // An operation stands on one older than what the milestone remembers; further back more are there.
                if (start == null) {
                    throw farBack;
                }
                start = milestones.before(workspace, start.version() - 1, Long.MAX_VALUE);
            }
        }
    }

    /** {@return how many points are kept} */
    public int kept() {
        return milestones.count();
    }

    /** One walk over a raw log. */
    private final class Rebuild extends Replay {

        private final long begun;
        private final boolean remembering;

        Rebuild(String workspace, Milestone start, Proof proof, long upTo, boolean remembering) {
            super(workspace, start, limits, tooLarge, recentMax,
                proof.known(start == null ? 0 : start.version(), upTo));
            begun = version();
            this.remembering = remembering;
        }

        PastState run(long version, long timeMs) {
            if (version() < version) {
                rawLog.read(workspace(), nextPosition(), submission -> {
                    if (submission.timeMs() > timeMs) {
                        return false;
                    }
                    if (take(submission) && version() % interval == 0) {
                        passed(version);
                    }
                    return version() < version;
                });
            }
            if (version != Long.MAX_VALUE && timeMs == Long.MAX_VALUE && version() < version) {
                throw new HistoryException("workspace " + workspace() + ": the raw log ends at version " + version()
                    + " (expected: at least " + version + ")");
            }
            if (remembering && version() > begun) {
                milestones.remember(workspace(), milestone());
            }
            return state();
        }

        /** In memory only what is near the version asked for is of use. */
        private void passed(long asked) {
            if (milestones.due(workspace(), version())) {
                milestones.put(workspace(), milestone(), remembering);
            } else if (remembering && asked - version() <= interval * REMEMBERED_INTERVALS) {
                milestones.remember(workspace(), milestone());
            }
        }
    }
}
