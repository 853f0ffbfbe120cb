package dev.heddle.testkit.fuzz;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequencer, with operations that are well-formed and strange: numbers at their limits, places outside the text,
 * paths that are none, halves of characters, chains onto nothing. The input's bytes choose them.
 *
 * <p>Oracle: deciding changes nothing; a refusal changes no file; a restored state decides the same; an accepted
 * operation continues the chain.
 */
final class DecideTarget implements FuzzTarget {

    private static final int OPERATIONS_MAX = 16;
    private static final Limits LIMITS = Limits.builder().fileCodePointsMax(200).workspaceCodePointsMax(600).filesMax(4)
        .fileIdsMax(12).operationCodePointsMax(100).changesMax(5).authorCodePointsMax(8).historyVersionsMax(6)
        .historyVersionsHot(2).sessionsMax(2).answersPerSessionMax(3).chainOperationsMax(3).build();
    private static final List<String> TEXTS = List.of("", "a", "é", "\uD83D\uDE00", "\uD800", "\uDC00x", "e\u0301",
        "\r\n", "\u0000", "\uFEFF", "ab".repeat(30), "x".repeat(101), "‮", "a\nb\nc\n");
    private static final List<String> PATHS = List.of("a", "b/c", "", "/", "../x", "a//b", ".", "b/../c", "a/",
        "x".repeat(1_025), "é", "\uD800", "con", "a\u0000");
    private static final long[] NUMBERS = {0, 1, 2, 3, 5, 8, 100, -1, Integer.MAX_VALUE, Integer.MIN_VALUE,
        Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, -2, 4, 7};

    private byte[] input = new byte[0];
    private int at;

    @Override
    public String name() {
        return "decide";
    }

    @Override
    public boolean text() {
        return false;
    }

    @Override
    public String run(byte[] bytes) {
        input = bytes;
        at = 0;
        List<CanonicalOperation> log = new ArrayList<>();
        WorkspaceState state = WorkspaceState.empty("w", LIMITS, version -> log.get((int) version - 1));
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < OPERATIONS_MAX && at < input.length; i++) {
            Submission submission = submission(state, i);
            Decision decision = decide(state, submission, log);
            state.replay(decision);
            if (decision instanceof Decision.Accepted accepted) {
                log.add(accepted.operation());
            }
            kinds.append(kind(decision)).append(' ');
        }
        return kinds.length() > 60 ? kinds.substring(kinds.length() - 60) : kinds.toString();
    }

    private static String kind(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.operation().operation().getClass().getSimpleName();
        }
        return decision instanceof Decision.Rejected rejected ? rejected.rejection().code().name() : "again";
    }

    private Decision decide(WorkspaceState state, Submission submission, List<CanonicalOperation> log) {
        Checkpoint before = state.checkpoint();
        Decision decision = Sequencer.decide(state, submission);
        check(state.checkpoint().equals(before), "deciding changed the state", submission);
        WorkspaceState restored = WorkspaceState.restore(before, LIMITS, version -> log.get((int) version - 1));
        check(kind(Sequencer.decide(restored, submission)).equals(kind(decision)), "a restored state decides otherwise",
            submission);
        if (decision instanceof Decision.Accepted accepted) {
            CanonicalOperation operation = accepted.operation();
            check(operation.version() == state.version() + 1 && operation.previousHash().equals(state.hash())
                && HashChain.verify(operation), "the chain is not continued", submission);
        } else {
            WorkspaceState trial = WorkspaceState.restore(before, LIMITS, version -> log.get((int) version - 1));
            trial.replay(decision);
            check(trial.checkpoint().files().equals(before.files()) && trial.version() == before.version(),
                "a refusal changed a file", submission);
        }
        return decision;
    }

    private static void check(boolean holds, String otherwise, Submission submission) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": " + submission);
        }
    }

    private int next(int bound) {
        return at < input.length ? (input[at++] & 0xFF) % bound : 0;
    }

    private long number(long usual) {
        int choice = next(32);
        return choice < 24 ? usual : NUMBERS[choice * 2 % NUMBERS.length + choice % 2];
    }

    private Submission submission(WorkspaceState state, int offset) {
        String session = "00000000-0000-0000-0000-00000000000" + next(4);
        if (next(40) == 39) {
            session = "not a session";
        }
        long seq = number(1 + next(5));
        long base = number(Math.max(0, state.version() - next(4)));
        Long after = next(3) == 0 ? Long.valueOf(number(Math.max(1, seq - 1))) : null;
        String author = next(10) == 9 ? TEXTS.get(next(TEXTS.size())) : null;
        return new Submission(session, seq, base, after, author, operation(state), offset, offset);
    }

    private FileReference target(WorkspaceState state) {
        List<FileImage> files = new ArrayList<>(state.image().allFiles());
        int choice = next(8);
        if (choice < 5 && !files.isEmpty()) {
            return FileReference.ofFile(files.get(next(files.size())).file());
        }
        return choice == 7 ? FileReference.ofFile("00000000-0000-0000-0000-0000000000ff")
            : FileReference.ofPath(PATHS.get(next(PATHS.size())));
    }

    private Operation operation(WorkspaceState state) {
        switch (next(9)) {
            case 0:
                return new Operation.Create(PATHS.get(next(PATHS.size())), TEXTS.get(next(TEXTS.size())),
                    next(4) == 0 ? "00000000-0000-0000-0000-0000000000ee" : null);
            case 1:
                return new Operation.Rename(target(state), PATHS.get(next(PATHS.size())));
            case 2:
                return new Operation.Delete(target(state));
            case 3:
                return new Operation.Noop();
            case 4:
                return new Operation.Replace(target(state), new Anchor(TEXTS.get(next(TEXTS.size())),
                    TEXTS.get(next(TEXTS.size())), Anchor.Occurrence.values()[next(3)]));
            default:
                List<Change> changes = new ArrayList<>();
                int count = next(7);
                for (int i = 0; i < count; i++) {
                    changes.add(new Change((int) number(next(12)), (int) number(next(4)),
                        TEXTS.get(next(TEXTS.size()))));
                }
                return new Operation.Edit(target(state), changes);
        }
    }
}
