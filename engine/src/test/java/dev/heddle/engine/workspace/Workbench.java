package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workspace with its raw and its canonical log in memory: what the transformer is, without Kafka. For tests. */
final class Workbench {

    static final String FILE = file(1);
    static final String ALICE = session(1);
    static final String BOB = session(2);

    final List<Submission> raw = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<CanonicalOperation> log = new ArrayList<>();
    final Limits limits;
    private final Map<String, Long> nextSeq = new HashMap<>();
    WorkspaceState state;

    Workbench() {
        this(Limits.DEFAULT);
    }

    Workbench(Limits limits) {
        this.limits = limits;
        this.state = WorkspaceState.empty("demo", limits, this::read);
    }

    static String session(int number) {
        return "00000000-0000-4000-8000-" + (1_000_000_000_000L + number + "").substring(1);
    }

    static String file(int number) {
        return "f0000000-0000-4000-8000-" + (1_000_000_000_000L + number + "").substring(1);
    }

    static FileReference byId() {
        return FileReference.ofFile(FILE);
    }

    CanonicalOperation read(long version) {
        return log.get(Math.toIntExact(version - 1));
    }

    /** A workbench whose file {@link #FILE} at {@code src/a.rs} holds a text; it takes version 1. */
    static Workbench withFile(String text) {
        return withFile(text, Limits.DEFAULT);
    }

    static Workbench withFile(String text, Limits limits) {
        Workbench bench = new Workbench(limits);
        bench.accept(session(9), 0, new Operation.Create("src/a.rs", text, FILE));
        return bench;
    }

    Decision decide(Submission submission) {
        raw.add(submission);
        Decision decision = Sequencer.decide(state, submission);
        state.replay(decision);
        decisions.add(decision);
        if (decision instanceof Decision.Accepted accepted) {
            log.add(accepted.operation());
        }
        return decision;
    }

    Submission next(String session, long base, Long after, Operation operation) {
        return submission(session, nextSeq.getOrDefault(session, 1L), base, after, operation);
    }

    Submission submission(String session, long seq, long base, Long after, Operation operation) {
        long sourceOffset = Math.max(raw.size(), state.lastSourceOffset() + 1);
        return new Submission(session, seq, base, after, "someone", operation, sourceOffset, 1_000 + sourceOffset);
    }

    /** Submits with the session's next number, which is used up unless it is refused for good reason. */
    Decision submit(String session, long base, Long after, Operation operation) {
        Submission submission = next(session, base, after, operation);
        nextSeq.put(session, submission.seq() + 1);
        return decide(submission);
    }

    Decision submit(String session, long base, Operation operation) {
        return submit(session, base, null, operation);
    }

    CanonicalOperation accept(String session, long base, Operation operation) {
        return accepted(submit(session, base, null, operation));
    }

    CanonicalOperation accept(String session, long base, Long after, Operation operation) {
        return accepted(submit(session, base, after, operation));
    }

    static CanonicalOperation accepted(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.operation();
        }
        throw new AssertionError("not accepted: " + decision);
    }

    static RejectedOperation rejected(Decision decision) {
        if (decision instanceof Decision.Rejected rejected) {
            return rejected.rejection();
        }
        throw new AssertionError("not rejected: " + decision);
    }

    RejectedOperation reject(String session, long base, Operation operation) {
        return rejected(submit(session, base, null, operation));
    }

    static Operation edit(Change... changes) {
        return new Operation.Edit(byId(), List.of(changes));
    }

    static Operation insert(int at, String text) {
        return edit(new Change(at, 0, text));
    }

    static Operation delete(int at, int count) {
        return edit(new Change(at, count, ""));
    }

    String text() {
        return state.image().file(FILE).orElseThrow().text().toString();
    }

    long version() {
        return state.version();
    }

    /** Goes on from a checkpoint, as after a crash. */
    void restart() {
        Checkpoint checkpoint = state.checkpoint();
        Map<String, FileImage> texts = new HashMap<>();
        checkpoint.files().forEach(file -> texts.put(file.file(), file));
        state = WorkspaceState.restore(Checkpoint.ofManifest(checkpoint.manifest(), (file, version) -> {
            FileImage image = texts.get(file);
            if (image.version() != version) {
                throw new AssertionError("text of version " + version + " of file " + file);
            }
            return image.text();
        }), limits, this::read);
    }
}
