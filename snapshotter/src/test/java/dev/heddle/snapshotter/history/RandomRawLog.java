package dev.heddle.snapshotter.history;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.fold.WorkspaceFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A raw log made up at random, with stale bases, refusals and repeats, and what the transformer makes of it. */
public final class RandomRawLog {

    public final List<Submission> submissions = new ArrayList<>();
    public final List<CanonicalOperation> operations = new ArrayList<>();
    private final String workspace;
    private final Random random;
    private final int staleVersionsMax;
    private final WorkspaceState state;
    private final List<String> sessions = new ArrayList<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private int names;

    public RandomRawLog(String workspace, Random random) {
        this(workspace, random, 60);
    }

    /** Stale bases reach back less than that many versions; the reader's history must reach as far. */
    public RandomRawLog(String workspace, Random random, int staleVersionsMax) {
        this.workspace = workspace;
        this.staleVersionsMax = staleVersionsMax;
        this.random = random;
        this.state = WorkspaceState.empty(workspace, Limits.DEFAULT,
            version -> operations.get((int) version - 1));
        for (int i = 0; i < 4; i++) {
            sessions.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
    }

    public String workspace() {
        return workspace;
    }

    /** The next submission; its offset and time are given, as the broker would. */
    public Submission next(long offset, long timeMs) {
        String session = sessions.get(random.nextInt(sessions.size()));
        long seq = seqs.getOrDefault(session, 0L) + 1;
        List<String> files = state.image().files().stream().map(file -> file.file()).toList();
        int kind = random.nextInt(20);
        Operation operation;
        if (files.isEmpty() || kind == 0) {
            operation = new Operation.Create("file-" + names++, "text 😀 " + names, null);
        } else {
            String file = files.get(random.nextInt(files.size()));
            FileReference target = FileReference.ofFile(file);
            if (kind == 1) {
                operation = new Operation.Rename(target, "renamed-" + names++);
            } else if (kind == 2 && files.size() > 2) {
                operation = new Operation.Delete(target);
            } else if (kind == 3) {
                operation = new Operation.Edit(target, List.of(new Change(1_000_000, 1, "outside")));
            } else {
                int length = state.image().file(file).orElseThrow().text().lengthCodePoints();
                int at = random.nextInt(length + 1);
                int delete = Math.min(random.nextInt(3), length - at);
                operation = new Operation.Edit(target, List.of(new Change(at, delete, "é" + random.nextInt(100))));
            }
        }
        boolean repeat = kind == 4 && seq > 1;
        int stale = Math.min((int) state.version(), random.nextInt(random.nextInt(10) == 0 ? staleVersionsMax : 3));
        return new Submission(session, repeat ? seq - 1 : seq, state.version() - stale, null, "author", operation,
            offset, timeMs);
    }

    public void take(Submission submission) {
        submissions.add(submission);
        Decision decision = Sequencer.decide(state, submission);
        state.replay(decision);
        if (decision instanceof Decision.Accepted accepted) {
            operations.add(accepted.operation());
            seqs.put(submission.session(), submission.seq());
        } else if (decision instanceof Decision.Rejected rejected && rejected.consumesSeq()) {
            seqs.put(submission.session(), submission.seq());
        }
    }

    public static RandomRawLog of(String workspace, Random random, int versions) {
        RandomRawLog log = new RandomRawLog(workspace, random);
        while (log.operations.size() < versions) {
            long offset = log.submissions.size();
            log.take(log.next(offset, 1_000 * offset));
        }
        return log;
    }

    public Map<String, FileState> expected(long version) {
        WorkspaceFold fold = WorkspaceFold.empty(workspace);
        operations.subList(0, (int) version).forEach(fold::apply);
        Map<String, FileState> files = new HashMap<>();
        fold.files().forEach(file -> files.put(file.file(), file));
        return files;
    }
}
