package dev.heddle.editing;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must be done to a tree to make it what it was: files that came since are deleted, renamed ones get their old
 * paths back, deleted ones are made anew, changed ones get their old text. Paths are free when they are taken, also
 * where files have changed places; a path that a file outside the plan holds is asked for all the same, so that the
 * sequencer says who holds it. Pure.
 */
public final class RevertPlan {

    /**
     * A file whose old text is needed.
     *
     * @param file    its id as of then
     * @param path    its path as of then
     * @param created whether it has to be made anew; else its text is compared
     */
    public record Content(String file, String path, boolean created) {

        /**
         * {@return what brings the text back; nothing where it is as it was}
         *
         * @param then its text as of then
         * @param now  its text as it is; not looked at where the file has to be made anew
         */
        public Optional<Operation> operation(String then, String now) {
            if (created) {
                return Optional.of(new Operation.Create(path, then, null));
            }
            List<Change> changes = MinimalDiff.between(now, then);
            return changes.isEmpty() ? Optional.empty()
                : Optional.of(new Operation.Edit(FileReference.ofFile(file), changes));
        }
    }

    private final List<Operation> treeOperations = new ArrayList<>();
    private final List<Content> contents = new ArrayList<>();

    private RevertPlan() {
    }

    /**
     * {@return the id of the file that has a path; as of then, or else as of now}
     *
     * @param then the files to come back to
     * @param now  the files as they are
     * @param path the path
     */
    public static Optional<String> file(List<TreeEntry> then, List<TreeEntry> now, String path) {
        return Stream.concat(then.stream(), now.stream()).filter(entry -> entry.path().equals(path))
            .map(TreeEntry::file).findFirst();
    }

    /**
     * {@return the plan}
     *
     * @param then the files to come back to
     * @param now  the files as they are
     * @param file the id of the one file meant, or null for all
     */
    public static RevertPlan of(List<TreeEntry> then, List<TreeEntry> now, String file) {
        Map<String, TreeEntry> before = byFile(then);
        Map<String, TreeEntry> after = byFile(now);
        if (file != null) {
            before.keySet().retainAll(Set.of(file));
            after.keySet().retainAll(Set.of(file));
        }
        RevertPlan plan = new RevertPlan();
        plan.build(before, after, paths(now));
        return plan;
    }

    private void build(Map<String, TreeEntry> before, Map<String, TreeEntry> after, Set<String> taken) {
        for (TreeEntry entry : after.values()) {
            if (!before.containsKey(entry.file())) {
                treeOperations.add(new Operation.Delete(FileReference.ofFile(entry.file())));
                taken.remove(entry.path());
            }
        }
        Map<String, String> targets = new LinkedHashMap<>();
        Map<String, String> current = new HashMap<>();
        for (TreeEntry old : before.values()) {
            TreeEntry entry = after.get(old.file());
            if (entry == null) {
                contents.add(new Content(old.file(), old.path(), true));
            } else if (entry.version() != old.version()) {
                contents.add(new Content(old.file(), old.path(), false));
                if (!entry.path().equals(old.path())) {
                    targets.put(old.file(), old.path());
                    current.put(old.file(), entry.path());
                }
            }
        }
        rename(targets, current, taken);
    }

    /** Renames in an order in which every target is free; a ring is opened by a path in between. */
    private void rename(Map<String, String> targets, Map<String, String> current, Set<String> taken) {
        while (!targets.isEmpty()) {
            boolean moved = false;
            Iterator<Map.Entry<String, String>> waiting = targets.entrySet().iterator();
            while (waiting.hasNext()) {
                Map.Entry<String, String> next = waiting.next();
                if (!taken.contains(next.getValue())) {
                    move(next.getKey(), next.getValue(), current, taken);
                    waiting.remove();
                    moved = true;
                }
            }
            if (!moved) {
                String file = targets.keySet().iterator().next();
                if (!current.containsValue(targets.get(file))) {
                    // Somebody else's file holds the path: let the sequencer say so.
                    move(file, targets.remove(file), current, taken);
                } else {
                    move(file, "heddle-revert-" + file, current, taken);
                }
            }
        }
    }

    private void move(String file, String to, Map<String, String> current, Set<String> taken) {
        treeOperations.add(new Operation.Rename(FileReference.ofFile(file), to));
        taken.remove(current.put(file, to));
        taken.add(to);
    }

    /** {@return deletions and renames, in the order to write them, before any content} */
    public List<Operation> treeOperations() {
        return treeOperations;
    }

    /** {@return files whose text has to be read} */
    public List<Content> contents() {
        return contents;
    }

    private static Map<String, TreeEntry> byFile(List<TreeEntry> files) {
        Map<String, TreeEntry> byFile = new LinkedHashMap<>();
        files.forEach(file -> byFile.put(file.file(), file));
        return byFile;
    }

    private static Set<String> paths(List<TreeEntry> files) {
        Set<String> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.path()));
        return paths;
    }
}
