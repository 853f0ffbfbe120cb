package dev.heddle.snapshotter.store;

import dev.heddle.snapshotter.fold.WorkspaceFold;
import java.util.Set;

/**
 * A workspace as built from the stores.
 *
 * @param fold    its newest state, or what could be built of it
 * @param dirty   ids of files that changed after their stored snapshot, in order of their last change
 * @param covered every operation up to this version is in a stored snapshot
 * @param oldest  the oldest version that can be rebuilt
 * @param fault   what does not fit together in its log; null where all is well
 * @param late    whether only operations are missing that are still to be read, as after a crash
 */
record LoadedWorkspace(WorkspaceFold fold, Set<String> dirty, long covered, long oldest, String fault,
                       boolean late) {
}
