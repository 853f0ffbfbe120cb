package dev.heddle.cli.history;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who wrote what, by fold of the operations of a workspace from the first on. One thread. */
public final class BlameFold {

    private final Map<String, List<Run>> files = new HashMap<>();

    /** A stretch of so many code points that one operation wrote. */
    private record Run(int length, LoggedOperation origin) {
    }

    /**
     * Takes the next operation, in version order.
     *
     * @param operation the operation
     */
    public void accept(LoggedOperation operation) {
        if (operation.operation() instanceof Operation.Create create) {
            List<Run> runs = new ArrayList<>();
            add(runs, new Run(count(create.text()), operation));
            files.put(operation.file(), runs);
        } else if (operation.operation() instanceof Operation.Edit edit && !edit.changes().isEmpty()) {
            files.put(operation.file(), edited(files.getOrDefault(operation.file(), List.of()), edit.changes(),
                operation));
        }
    }

    private static List<Run> edited(List<Run> before, List<Change> changes, LoggedOperation origin) {
        List<Run> after = new ArrayList<>(before.size() + 2 * changes.size());
        Cursor cursor = new Cursor(before);
        int position = 0;
        for (Change change : changes) {
            cursor.take(change.at() - position, after);
            cursor.take(change.delete(), null);
            position = change.at() + change.delete();
            add(after, new Run(count(change.insert()), origin));
        }
        cursor.take(Integer.MAX_VALUE, after);
        return after;
    }

    private static void add(List<Run> runs, Run run) {
        if (run.length() == 0) {
            return;
        }
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).origin() == run.origin()) {
            runs.set(last, new Run(runs.get(last).length() + run.length(), run.origin()));
        } else {
            runs.add(run);
        }
    }

    /** Walks over runs, cutting them where asked. */
    private static final class Cursor {

        private final List<Run> runs;
        private int index;
        private int used;

        Cursor(List<Run> runs) {
            this.runs = runs;
        }

        void take(int codePoints, List<Run> into) {
            int wanted = codePoints;
            while (wanted > 0 && index < runs.size()) {
                Run run = runs.get(index);
                int part = Math.min(wanted, run.length() - used);
                if (into != null) {
                    add(into, new Run(part, run.origin()));
                }
                wanted -= part;
                used += part;
                if (used == run.length()) {
                    index++;
                    used = 0;
                }
            }
        }
    }

    /**
     * {@return the runs of a file, in text order, covering its text}
     *
     * @param file the file's id
     * @param text its text as of the last operation taken
     */
    public List<BlameRun> runs(String file, Text text) {
        List<BlameRun> all = new ArrayList<>();
        int position = 0;
        for (Run run : files.getOrDefault(file, List.of())) {
            LoggedOperation origin = run.origin();
            all.add(new BlameRun(text.substring(position, position + run.length()), origin.version(), origin.author(),
                origin.session(), origin.timeMs()));
            position += run.length();
        }
        return all;
    }

    private static int count(String text) {
        return text.codePointCount(0, text.length());
    }
}
