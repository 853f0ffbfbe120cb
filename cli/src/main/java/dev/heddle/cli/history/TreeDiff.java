package dev.heddle.cli.history;

import dev.heddle.editing.TreeEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which files may differ between two trees; files are matched by id. Pure. */
public final class TreeDiff {

    private TreeDiff() {
    }

    /**
     * One file in two trees.
     *
     * @param file    its id
     * @param oldPath its path in the old tree, or null where it is not there
     * @param newPath its path in the new tree, or null where it is not there
     */
    public record Pair(String file, String oldPath, String newPath) {
    }

    /**
     * {@return files that were changed, renamed, created or deleted, sorted by path}
     *
     * @param old the old tree
     * @param now the new tree
     */
    public static List<Pair> of(List<TreeEntry> old, List<TreeEntry> now) {
        Map<String, TreeEntry> before = new LinkedHashMap<>();
        old.forEach(entry -> before.put(entry.file(), entry));
        List<Pair> pairs = new ArrayList<>();
        for (TreeEntry entry : now) {
            TreeEntry earlier = before.remove(entry.file());
            if (earlier == null || earlier.version() != entry.version()) {
                pairs.add(new Pair(entry.file(), earlier == null ? null : earlier.path(), entry.path()));
            }
        }
        before.values().forEach(gone -> pairs.add(new Pair(gone.file(), gone.path(), null)));
        pairs.sort(Comparator.comparing(pair -> pair.newPath() != null ? pair.newPath() : pair.oldPath()));
        return pairs;
    }
}
