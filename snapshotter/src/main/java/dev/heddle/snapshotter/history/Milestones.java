package dev.heddle.snapshotter.history;

import java.util.LinkedHashMap;
import java.util.Map;

/** Milestones of all workspaces, the most recently used ones. Any thread. */
final class Milestones {

    private record Place(String workspace, long version) {
    }

    private final Map<Place, Milestone> recent;

    Milestones(int max) {
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, Milestone> eldest) {
                return size() > max;
            }
        };
    }

    synchronized void put(String workspace, Milestone milestone) {
        recent.put(new Place(workspace, milestone.version()), milestone);
    }

    /** The last one at or before a version and a time, or null. */
    synchronized Milestone before(String workspace, long version, long timeMs) {
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
