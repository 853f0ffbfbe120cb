package dev.heddle.snapshotter.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The workspaces an instance holds in memory, over all its shards: the most recently used ones, bounded by number and
 * by bytes. Any thread.
 */
public final class HotWorkspaces {

    /** Weights change as workspaces grow, so the sum is taken anew every so many uses. */
    private static final int USES_PER_WEIGHING = 64;

    private final int countMax;
    private final long bytesMax;
    private final Map<String, HotWorkspace> workspaces = new LinkedHashMap<>(16, 0.75f, true);
    private long weightBytes;
    private int uses;

    /**
     * An empty memory.
     *
     * @param countMax most workspaces held, at least 1
     * @param bytesMax about the most bytes they take together; one workspace is always held
     */
    public HotWorkspaces(int countMax, long bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /**
     * {@return the workspace where it is held, or null; this counts as a use}
     *
     * @param workspace its name
     */
    public synchronized HotWorkspace find(String workspace) {
        return workspaces.get(workspace);
    }

    /**
     * {@return the workspace, made where it is not held, or is held for a shard that was given up since}
     *
     * @param workspace its name
     * @param stores    the stores of its shard
     * @param maker     makes it, quickly
     */
    synchronized HotWorkspace get(String workspace, ShardStores stores, Supplier<HotWorkspace> maker) {
        HotWorkspace found = workspaces.compute(workspace,
            (name, held) -> held != null && held.of(stores) ? held : maker.get());
        if (++uses >= USES_PER_WEIGHING || workspaces.size() > countMax) {
            makeRoom(workspace);
        }
        return found;
    }

    /** Weighs all workspaces and drops the least recently used ones beyond the bounds. */
    public synchronized void makeRoom() {
        makeRoom(null);
    }

    private void makeRoom(String spared) {
        uses = 0;
        weightBytes = workspaces.values().stream().mapToLong(HotWorkspace::weightBytes).sum();
        Iterator<Map.Entry<String, HotWorkspace>> oldest = workspaces.entrySet().iterator();
        while (workspaces.size() > 1 && (workspaces.size() > countMax || weightBytes > bytesMax) && oldest.hasNext()) {
            Map.Entry<String, HotWorkspace> entry = oldest.next();
            if (!entry.getKey().equals(spared)) {
                weightBytes -= entry.getValue().weightBytes();
                oldest.remove();
            }
        }
    }

    /**
     * Drops the workspaces of a shard that was given up.
     *
     * @param stores the shard's stores
     */
    synchronized void drop(ShardStores stores) {
        List<String> gone = new ArrayList<>();
        workspaces.forEach((name, workspace) -> {
            if (workspace.of(stores)) {
                gone.add(name);
            }
        });
        gone.forEach(workspaces::remove);
    }

    /** {@return how many workspaces are held} */
    public synchronized int count() {
        return workspaces.size();
    }

    /** {@return about how many bytes they take, as of the last weighing} */
    public synchronized long weightBytes() {
        return weightBytes;
    }
}
