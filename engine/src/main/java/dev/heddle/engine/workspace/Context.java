package dev.heddle.engine.workspace;

import static dev.heddle.engine.RejectionCode.BAD_REQUEST;
import static dev.heddle.engine.RejectionCode.BASE_IN_FUTURE;
import static dev.heddle.engine.RejectionCode.BASE_TOO_OLD;
import static dev.heddle.engine.RejectionCode.LIMIT_REACHED;
import static dev.heddle.engine.RejectionCode.PRECEDING_REJECTED;

import dev.heddle.engine.RejectionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an operation was written against: the log up to its base and, where it is chained, the session's own operations
 * up to {@code after} that the base does not hold.
 */
final class Context {

    private final WorkspaceState state;
    private final Submission submission;
    /** The session's chain that the operation stands on; null where the base holds everything it stands on. */
    private final Chain chain;

    private Context(WorkspaceState state, Submission submission, Chain chain) {
        this.state = state;
        this.submission = submission;
        this.chain = chain;
    }

    static Context of(WorkspaceState state, Submission submission, Session session) {
        long base = submission.base();
        if (base < 0) {
            throw new RejectionException(BAD_REQUEST, "base " + base + " (expected: at least 0)");
        }
        if (base > state.version()) {
            throw new RejectionException(BASE_IN_FUTURE, "base " + base + " is newer than version " + state.version()
                + ", the newest of workspace " + state.image().workspace());
        }
        if (base < state.oldestBase()) {
            throw new RejectionException(BASE_TOO_OLD, "base " + base + " is older than version " + state.oldestBase()
                + ", the oldest that an operation may stand on at version " + state.version());
        }
        boolean chained = submission.after() != null && submission.after() != 0 && standsOnPending(submission, session);
        if (chained) {
            requireAtMost(session.chain().sizeAfter(base), state.limits().chainOperationsMax(), submission);
        }
        return new Context(state, submission, chained ? session.chain() : null);
    }

    private static boolean standsOnPending(Submission submission, Session session) {
        long after = submission.after();
        if (after < 0 || after >= submission.seq()) {
            throw new RejectionException(BAD_REQUEST, "after " + after + " (expected: from 0 to below seq "
                + submission.seq() + ")");
        }
        Session.Answer answer = session.answerTo(after);
        if (answer == null) {
            throw new RejectionException(BAD_REQUEST, "after " + after
                + " is a number whose answer is no longer kept (expected: a newer one)");
        }
        if (answer.version() == 0) {
            throw new RejectionException(PRECEDING_REJECTED, "seq " + submission.seq() + " stands on seq " + after
                + ", which was rejected");
        }
        if (answer.version() <= submission.base()) {
            return false;
        }
        checkChain(submission, session.chain());
        return true;
    }

    private static void checkChain(Submission submission, Chain chain) {
        if (submission.after() < chain.lastSeq()) {
            throw new RejectionException(BAD_REQUEST, shown(submission) + " leaves out seq " + chain.lastSeq()
                + ", accepted as version " + chain.lastVersion() + " (expected: after " + chain.lastSeq() + ")");
        }
        if (submission.base() < chain.base()) {
            throw new RejectionException(BAD_REQUEST, shown(submission) + " stands on an operation with base "
                + chain.base() + " (expected: base at least " + chain.base() + ")");
        }
        if (submission.base() < chain.previousVersion()) {
            throw new RejectionException(BAD_REQUEST, shown(submission)
                + " stands on operations that do not stand on each other (expected: base at least "
                + chain.previousVersion() + ")");
        }
    }

    private static String shown(Submission submission) {
        return "seq " + submission.seq() + " on base " + submission.base() + " after " + submission.after();
    }

    boolean chained() {
        return chain != null;
    }

    /** The context in the words of a message. */
    String suffix() {
        return " at version " + submission.base() + (chain == null ? "" : " after seq " + submission.after());
    }

    /** Others' edits of a file that the author had not seen, moved past the author's own. Only where chained. */
    Bridge bridge(FileImage file) {
        if (chain.anchoredAfter(file.file(), submission.base())) {
            throw new RejectionException(BAD_REQUEST, stands(submission) + " and so on an anchored edit of file "
                + file.path() + ", whose outcome its author cannot know (expected: a base that holds it)");
        }
        if (chain.unmadeBase(file.file()) < state.oldestBase()) {
            throw new RejectionException(BASE_TOO_OLD, stands(submission) + ", written against version "
                + chain.unmadeBase(file.file()) + ", older than version " + state.oldestBase()
                + " (expected: a base that holds it)");
        }
        Bridge bridge = chain.bridge(file, submission.base(), state.version(), state.history());
        requireAtMost(bridge.size(), state.limits().chainOperationsMax(), submission);
        return bridge;
    }

    private static void requireAtMost(int between, int max, Submission submission) {
        if (between > max) {
            throw new RejectionException(LIMIT_REACHED, stands(submission) + " with " + between
                + " operations between (expected: at most " + max + ", or a base that holds it)");
        }
    }

    private static String stands(Submission submission) {
        return "seq " + submission.seq() + " stands on seq " + submission.after();
    }

    /** The live file that a reference names in this context. */
    FileImage liveFile(FileReference target) {
        FileImage file = target.file() != null ? byId(target.file()) : byPath(target.path());
        if (file.deleted()) {
            throw Judgement.deleted(file);
        }
        return file;
    }

    private FileImage byId(String id) {
        FileImage file = state.image().fileOrNull(id);
        boolean known = file != null
            && (!state.paths().createdAfter(id, submission.base()) || createdInChain(id));
        if (!known) {
            throw Judgement.unknown("file " + Ids.shown(id), suffix());
        }
        return file;
    }

    private boolean createdInChain(String id) {
        for (PathHistory.Event move : ownMoves()) {
            if (move.from() == null && move.file().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private List<PathHistory.Event> ownMoves() {
        return chain == null ? List.of() : chain.movesAfter(submission.base());
    }

    private FileImage byPath(String path) {
        String file = fileAt(path);
        if (file == null) {
            PathRules.check(path);
            throw Judgement.unknown("file at path " + path, suffix());
        }
        return state.image().fileOrNull(file);
    }

    private String fileAt(String path) {
        List<PathHistory.Event> moves = ownMoves();
        Set<String> moved = new HashSet<>();
        for (int index = moves.size() - 1; index >= 0; index--) {
            PathHistory.Event move = moves.get(index);
            if (moved.add(move.file()) && path.equals(move.to())) {
                return move.file();
            }
        }
        FileImage now = state.image().fileAtOrNull(path);
        String file = state.paths().fileAt(path, submission.base(), now == null ? null : now.file());
        return file == null || moved.contains(file) ? null : file;
    }
}
