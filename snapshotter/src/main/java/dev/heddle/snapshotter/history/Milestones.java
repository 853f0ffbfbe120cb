package dev.heddle.snapshotter.history;

import java.util.LinkedHashMap;
import java.util.Map;

/** Milestones of all workspaces: the most recently used ones in memory, more of them on disk. Any thread. */
final class Milestones {

    private record Place(String workspace, long version) {
    }

    private final Map<Place, Milestone> recent;
    private final MilestoneFiles files;

    /**
     * Milestones.
     *
     * @param max   how many stay in memory
     * @param files where they outlive the process, or null
     */
    Milestones(int max, MilestoneFiles files) {
        this.files = files;
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, Milestone> eldest) {
                return size() > max;
            }
        };
    }

    void put(String workspace, Milestone milestone) {
        remember(workspace, milestone);
        if (files != null) {
            files.put(workspace, milestone);
        }
    }

    private synchronized void remember(String workspace, Milestone milestone) {
        recent.put(new Place(workspace, milestone.version()), milestone);
    }

    /** Drops those of a workspace whose log turned out to be another one. */
    void forget(String workspace) {
        synchronized (this) {
            recent.keySet().removeIf(place -> place.workspace().equals(workspace));
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
