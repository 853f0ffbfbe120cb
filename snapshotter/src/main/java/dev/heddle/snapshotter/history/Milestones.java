package dev.heddle.snapshotter.history;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Milestones of all workspaces: the most recently used ones in memory, more of them on disk. Any thread. */
final class Milestones {

    private record Place(String workspace, long version) {
    }

    /** One milestone of a workspace of a million versions takes some ten mebibytes. */
    private static final long BYTES_MAX = 128L << 20;

    private final Map<Place, Milestone> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final int max;
    private final MilestoneFiles files;
    private long bytes;

    /**
     * Milestones.
     *
     * @param max   how many stay in memory at most; together no more than so many bytes, but always the last one used
     * @param files where they outlive the process, or null
     */
    Milestones(int max, MilestoneFiles files) {
        this.max = max;
        this.files = files;
    }

    /** Keeps one, in memory too where it may soon be read. */
    void put(String workspace, Milestone milestone, boolean remembering) {
        if (remembering) {
            remember(workspace, milestone);
        }
        if (files != null) {
            files.put(workspace, milestone);
        }
    }

    /** {@return whether a milestone of a version would be kept on disk} */
    boolean due(String workspace, long version) {
        return files != null && version >= files.due(workspace, version);
    }

    /** Keeps one in memory only: what was just read may be read again. */
    synchronized void remember(String workspace, Milestone milestone) {
        Milestone before = recent.put(new Place(workspace, milestone.version()), milestone);
        bytes += milestone.weightBytes() - (before == null ? 0 : before.weightBytes());
        Iterator<Milestone> eldest = recent.values().iterator();
        while (recent.size() > max || bytes > BYTES_MAX && recent.size() > 1) {
            bytes -= eldest.next().weightBytes();
            eldest.remove();
        }
    }

    /** Drops those of a workspace whose log turned out to be another one. */
    void forget(String workspace) {
        synchronized (this) {
            recent.entrySet().removeIf(entry -> {
                boolean gone = entry.getKey().workspace().equals(workspace);
                bytes -= gone ? entry.getValue().weightBytes() : 0;
                return gone;
            });
        }
        if (files != null) {
            files.forget(workspace);
        }
    }

    /** The last one at or before a version and a time, or null. */
    Milestone before(String workspace, long version, long timeMs) {
        Milestone remembered = remembered(workspace, version, timeMs);
        long kept = files == null ? -1 : files.before(workspace, version, timeMs);
        if (kept <= (remembered == null ? 0 : remembered.version())) {
            return remembered;
        }
        Milestone read = files.read(workspace, kept);
        if (read == null) {
            // It was not whole and is gone now; the next one will do.
            return before(workspace, version, timeMs);
        }
        remember(workspace, read);
        return read;
    }

    private synchronized Milestone remembered(String workspace, long version, long timeMs) {
        Milestone best = null;
        for (Map.Entry<Place, Milestone> entry : recent.entrySet()) {
            Milestone found = entry.getValue();
            if (entry.getKey().workspace().equals(workspace) && found.version() <= version && found.timeMs() <= timeMs
                && (best == null || found.version() > best.version())) {
                best = found;
            }
        }
        return best == null ? null : recent.get(new Place(workspace, best.version()));
    }

    synchronized int count() {
        return recent.size();
    }
}
