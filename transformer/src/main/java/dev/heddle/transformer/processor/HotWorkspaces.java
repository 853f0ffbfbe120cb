package dev.heddle.transformer.processor;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The workspaces of a shard that are in memory, the least recently used one dropped first. One thread at a time. */
final class HotWorkspaces {

    private final int countMax;
    private final long textBytesMax;
    private final Map<String, Workspace> byName = new LinkedHashMap<>(16, 0.75f, true);
    private long textBytes;

    /**
     * An empty set with bounds.
     *
     * @param countMax     most workspaces
     * @param textBytesMax most UTF-8 bytes of text of all of them; the one in use may exceed it alone
     */
    HotWorkspaces(int countMax, long textBytesMax) {
        this.countMax = countMax;
        this.textBytesMax = textBytesMax;
    }

    /** {@return the workspace, or null where it is not in memory} */
    Workspace get(String name) {
        return byName.get(name);
    }

    void put(Workspace workspace) {
        byName.put(workspace.name(), workspace);
        textBytes += workspace.textBytes();
    }

    /**
     * Accounts for a change of the workspace in use and drops others while the bounds are exceeded.
     *
     * @param inUse           the workspace just used
     * @param textBytesBefore its text bytes before
     */
    void changed(Workspace inUse, long textBytesBefore) {
        textBytes += inUse.textBytes() - textBytesBefore;
        Iterator<Workspace> eldest = byName.values().iterator();
        while ((byName.size() > countMax || textBytes > textBytesMax) && eldest.hasNext()) {
            Workspace workspace = eldest.next();
            if (workspace != inUse) {
                textBytes -= workspace.textBytes();
                eldest.remove();
            }
        }
    }

    /** Drops a workspace whose memory is not to be trusted; it is loaded again when it is needed. */
    void drop(String name, long textBytesBefore) {
        if (byName.remove(name) != null) {
            textBytes -= textBytesBefore;
        }
    }

    int size() {
        return byName.size();
    }

    long textBytes() {
        return textBytes;
    }
}
