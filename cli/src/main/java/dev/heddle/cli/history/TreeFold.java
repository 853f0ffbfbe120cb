package dev.heddle.cli.history;

import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The tree of a workspace by fold of its operations; tells what changed since it was last asked. One thread. */
public final class TreeFold {

    private final Map<String, String> pathByFile = new HashMap<>();
    private final TreeMap<String, Text> textByPath = new TreeMap<>();
    private long version;

    /**
     * Takes the next operation.
     *
     * @param logged the operation; versions must follow one another without gaps
     */
    public void accept(LoggedOperation logged) {
        if (logged.version() != version + 1) {
            throw new IllegalArgumentException("version " + logged.version() + " after version " + version
                + " (expected: " + (version + 1) + ")");
        }
        version = logged.version();
        Operation operation = logged.operation();
        if (operation instanceof Operation.Create create) {
            put(logged.file(), create.path(), Text.of(create.text()));
        } else if (operation instanceof Operation.Edit edit) {
            String path = pathByFile.get(logged.file());
            Text text = textByPath.get(path);
            put(logged.file(), path, text.apply(Changes.toOperation(edit.changes(), text.lengthCodePoints())));
        } else if (operation instanceof Operation.Rename rename) {
            put(logged.file(), rename.to(), remove(logged.file()));
        } else if (operation instanceof Operation.Delete) {
            remove(logged.file());
        }
    }

    private void put(String file, String path, Text text) {
        pathByFile.put(file, path);
        textByPath.put(path, text);
    }

    private Text remove(String file) {
        String path = pathByFile.remove(file);
        return textByPath.remove(path);
    }

    /** {@return the newest version taken; 0 before the first} */
    public long version() {
        return version;
    }

    /**
     * {@return the path of a live file, or null}
     *
     * @param file the file's id
     */
    public String path(String file) {
        return pathByFile.get(file);
    }

    /** {@return texts by path, sorted by path; it moves on with this fold} */
    public Map<String, Text> texts() {
        return textByPath;
    }
}
