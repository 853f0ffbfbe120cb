package dev.heddle.snapshotter.processor;

import dev.heddle.snapshotter.store.ShardStores;
import dev.heddle.snapshotter.store.Touch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the operations of a workspace that may be removed from the canonical log.
 *
 * <p>An operation at or below the oldest readable version goes when the stored snapshot of its file, which was read
 * from the topic and so is durable, holds it. The last such operation of each file stays: it says where the file was
 * and when it had changed when the kept history begins. Of a file deleted before that, everything goes. What was
 * removed and came back, as a sequencer that was frozen meanwhile sends it again, goes again.
 */
final class TrimScan {

    private TrimScan() {
    }

    /**
     * {@return the versions to remove, ascending}
     *
     * @param stores    the shard's stores
     * @param workspace the workspace's name
     * @param oldest    the oldest version that must stay readable
     */
    static List<Long> removable(ShardStores stores, String workspace, long oldest) {
        Map<String, Long> held = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        stores.snapshots(workspace, snapshot -> {
            held.put(snapshot.state().file(), snapshot.version());
            // Its deletion may be removed already, and something older of it have come back since.
            if (snapshot.state().deleted() && snapshot.state().version() <= oldest) {
                deleted.add(snapshot.state().file());
            }
        });
        List<Touch> kept = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        stores.touches(workspace, 0, oldest, (touch, value) -> {
            kept.add(touch);
            if (touch.file() != null) {
                last.put(touch.file(), touch.version());
                if (touch.deletes()) {
                    deleted.add(touch.file());
                }
            }
        });
        List<Long> removable = new ArrayList<>();
        for (Touch operation : kept) {
            String file = operation.file();
            boolean covered = file == null || held.getOrDefault(file, 0L) >= last.get(file);
            if (covered && (file == null || deleted.contains(file) || last.get(file) > operation.version())) {
                removable.add(operation.version());
            }
        }
        return removable;
    }
}
