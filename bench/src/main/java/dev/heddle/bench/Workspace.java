package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import java.util.List;
import java.util.stream.IntStream;

/** A workspace with one file, as the transformer holds it. For one thread. */
final class Workspace {

    /** Nothing is ever asked of the log, as all of it is held. */
    static final Limits LIMITS = Limits.builder().historyVersionsMax(4_000_000).historyVersionsHot(4_000_000)
        .fileCodePointsMax(64_000_000).operationCodePointsMax(64_000_000).build();
    private static final String FILE = "f0000000-0000-4000-8000-000000000001";
    private static final FileReference TARGET = FileReference.ofFile(FILE);

    private static final List<String> SESSIONS = IntStream.range(0, 8)
        .mapToObj(number -> "00000000-0000-4000-8000-00000000000" + number).toList();

    private final WorkspaceState state;
    private final long[] seqs = new long[8];
    private long sourceOffset;

    Workspace(String text) {
        this(text, LIMITS);
    }

    Workspace(String text, Limits limits) {
        state = WorkspaceState.empty("demo", limits, Workspace::missing);
        submit(7, 0, null, new Operation.Create("src/a.rs", text, FILE));
    }

    private static CanonicalOperation missing(long version) {
        throw new IllegalStateException("version " + version + " was asked of the log");
    }

    static Operation edit(List<Change> changes) {
        return new Operation.Edit(TARGET, changes);
    }

    static Operation replaceAll(String find, String with) {
        return new Operation.Replace(TARGET, new Anchor(find, with, Anchor.Occurrence.ALL));
    }

    static String session(int number) {
        return SESSIONS.get(number);
    }

    WorkspaceState state() {
        return state;
    }

    long seq(int writer) {
        return seqs[writer];
    }

    /** Decides on a writer's next operation without taking it in. */
    Decision decide(int writer, long base, Long after, Operation operation) {
        return Sequencer.decide(state, new Submission(session(writer), seqs[writer] + 1, base, after, "ada", operation,
            sourceOffset, sourceOffset));
    }

    /** Decides on a writer's next operation and takes it in. */
    void submit(int writer, long base, Long after, Operation operation) {
        Decision decision = decide(writer, base, after, operation);
        if (!(decision instanceof Decision.Accepted)) {
            throw new IllegalStateException(decision.toString());
        }
        state.replay(decision);
        seqs[writer]++;
        sourceOffset++;
    }
}
