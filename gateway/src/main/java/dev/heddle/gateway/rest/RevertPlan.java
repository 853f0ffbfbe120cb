package dev.heddle.gateway.rest;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.room.FileEntry;
import dev.heddle.gateway.room.WorkspaceReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be done to a tree to make it what it was: files that came since are deleted, renamed ones get their old
 * paths back, deleted ones are made anew, changed ones get their old text. Pure.
 */
final class RevertPlan {

    /**
     * A file whose old text is needed.
     *
     * @param file    its id as of then
     * @param path    its path as of then
     * @param created whether it has to be made anew; else its text is compared
     */
    record Content(String file, String path, boolean created) {
    }

    private final List<Operation> treeOperations = new ArrayList<>();
    private final List<Content> contents = new ArrayList<>();

    private RevertPlan() {
    }

    /**
     * {@return the plan}
     *
     * @param then the tree to come back to
     * @param now  the tree as it is
     * @param path the path of the one file meant, as of then or now, or null for all
     */
    static RevertPlan of(WorkspaceReader.Tree then, WorkspaceReader.Tree now, String path) {
        Map<String, FileEntry> before = byFile(then.files());
        Map<String, FileEntry> after = byFile(now.files());
        if (path != null) {
            String file = find(then, path) != null ? find(then, path) : find(now, path);
            if (file == null) {
                throw new ApiException(RejectionCode.UNKNOWN_FILE, "path: " + Call.shown(path)
                    + " (expected: a file of version " + then.version() + " or of now)");
            }
            before.keySet().retainAll(Set.of(file));
            after.keySet().retainAll(Set.of(file));
        }
        RevertPlan plan = new RevertPlan();
        plan.build(before, after, paths(now));
        return plan;
    }

    private void build(Map<String, FileEntry> before, Map<String, FileEntry> after, Set<String> taken) {
        for (FileEntry entry : after.values()) {
            if (!before.containsKey(entry.file())) {
                treeOperations.add(new Operation.Delete(FileReference.ofFile(entry.file())));
                taken.remove(entry.path());
            }
        }
        Map<String, String> targets = new LinkedHashMap<>();
        Map<String, String> current = new HashMap<>();
        for (FileEntry old : before.values()) {
            FileEntry entry = after.get(old.file());
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
    List<Operation> treeOperations() {
        return treeOperations;
    }

    /** {@return files whose text has to be read} */
    List<Content> contents() {
        return contents;
    }

    private static Map<String, FileEntry> byFile(List<FileEntry> files) {
        Map<String, FileEntry> byFile = new LinkedHashMap<>();
        files.forEach(file -> byFile.put(file.file(), file));
        return byFile;
    }

    private static Set<String> paths(WorkspaceReader.Tree tree) {
        Set<String> paths = new HashSet<>();
        tree.files().forEach(file -> paths.add(file.path()));
        return paths;
    }

    private static String find(WorkspaceReader.Tree tree, String path) {
        return tree.files().stream().filter(file -> file.path().equals(path)).map(FileEntry::file).findFirst()
            .orElse(null);
    }
}
