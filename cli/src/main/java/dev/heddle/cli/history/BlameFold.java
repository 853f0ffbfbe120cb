package dev.heddle.cli.history;

import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.engine.workspace.TextRuns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who wrote what, by fold of the operations of a workspace from the first on. One thread. */
public final class BlameFold {

    private final Map<String, TextRuns> files = new HashMap<>();

    /**
     * Takes the next operation, in version order.
     *
     * @param operation the operation
     */
    public void accept(CanonicalOperation operation) {
        if (operation.operation() instanceof Operation.Create create) {
            files.put(operation.file(), TextRuns.of(CodePoints.count(create.text()), Origin.of(operation)));
        } else if (operation.operation() instanceof Operation.Edit edit && !edit.changes().isEmpty()) {
            files.put(operation.file(), of(operation.file()).apply(edit.changes(), Origin.of(operation)));
        }
    }

    /**
     * {@return the runs of a file's text; of a deleted one's, those of the text it had}
     *
     * @param file the file's id
     */
    public TextRuns of(String file) {
        return files.getOrDefault(file, TextRuns.EMPTY);
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
        for (TextRun run : of(file).runs()) {
            Origin origin = run.origin();
            all.add(new BlameRun(text.substring(position, position + run.length()), origin.version(), origin.author(),
                origin.session(), origin.timeMs()));
            position += run.length();
        }
        return all;
    }
}
