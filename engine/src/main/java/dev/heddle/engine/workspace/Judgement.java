package dev.heddle.engine.workspace;

import static dev.heddle.engine.RejectionCode.ANCHOR_AMBIGUOUS;
import static dev.heddle.engine.RejectionCode.ANCHOR_NOT_FOUND;
import static dev.heddle.engine.RejectionCode.BAD_REQUEST;
import static dev.heddle.engine.RejectionCode.FILE_DELETED;
import static dev.heddle.engine.RejectionCode.LIMIT_REACHED;
import static dev.heddle.engine.RejectionCode.PATH_TAKEN;
import static dev.heddle.engine.RejectionCode.TOO_LARGE;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.TextOperation;
import java.util.List;

/** Works out one operation whose number is right: what it becomes at the head, or which rule it breaks. */
final class Judgement {

    private static final String ANONYMOUS = "anonymous";

    private final WorkspaceState state;
    private final Submission submission;
    private final Context context;
    private final String sessionId;
    private TextOperation edit;
    private Skeleton written;
    private Bridge bridge = Bridge.EMPTY;

    Judgement(WorkspaceState state, Submission submission, Session session) {
        this.state = state;
        this.submission = submission;
        Sizes.check(submission, state.limits());
        this.context = Context.of(state, submission, session);
        // The same object for all its operations, so that comparing and hashing it costs nothing.
        this.sessionId = session == null ? submission.session() : session.id();
    }

    Decision accept(long fingerprint) {
        Operation operation = submission.operation();
        CanonicalOperation canonical;
        if (operation instanceof Operation.Edit submitted) {
            canonical = acceptEdit(submitted);
        } else if (operation instanceof Operation.Replace replace) {
            canonical = acceptReplace(replace);
        } else if (operation instanceof Operation.Create create) {
            canonical = acceptCreate(create);
        } else if (operation instanceof Operation.Rename rename) {
            canonical = acceptRename(rename);
        } else if (operation instanceof Operation.Delete delete) {
            FileImage file = context.liveFile(delete.target());
            canonical = canonical(file.file(), file.path(), new Operation.Delete(FileReference.ofFile(file.file())));
        } else {
            canonical = canonical(null, null, operation);
        }
        state.plan(canonical, edit, bridge);
        return new Decision.Accepted(canonical, fingerprint, written);
    }

    private CanonicalOperation acceptEdit(Operation.Edit submitted) {
        if (submitted.anchor() != null) {
            throw new RejectionException(BAD_REQUEST, "edit carries an anchor (expected: a replace instead)");
        }
        FileImage file = context.liveFile(submitted.target());
        int length;
        if (context.chained()) {
            bridge = context.bridge(file);
            length = bridge.baseLength(file.text().lengthCodePoints());
        } else {
            length = state.history().lengthAt(file, submission.base());
        }
        TextOperation own = Changes.toOperation(submitted.changes(), length,
            () -> "file " + file.path() + " of length " + length + context.suffix());
        Skeleton carried = context.chained() ? bridge.carry(own.skeleton())
            : state.history().carry(file, own.skeleton(), submission.base());
        boolean alone = context.chained() ? bridge.isEmpty() : file.version() <= submission.base();
        written = alone ? null : own.skeleton();
        return acceptAtHead(file, submitted.target(), alone ? own : own.moved(carried), null);
    }

    private CanonicalOperation acceptReplace(Operation.Replace replace) {
        Anchor anchor = replace.anchor();
        FileImage file = context.liveFile(replace.target());
        if (anchor.find().isEmpty()) {
            throw new RejectionException(BAD_REQUEST, "find is empty (expected: at least one code point)");
        }
        CodePoints.requireWellFormed(anchor.find(), "find");
        CodePoints.requireWellFormed(anchor.with(), "with");
        int[] positions = positions(file, anchor);
        int findLength = CodePoints.count(anchor.find());
        TextOperation.Builder operation = TextOperation.on(file.text().lengthCodePoints());
        int reach = 0;
        for (int position : positions) {
            operation.retain(position - reach).delete(findLength).insert(anchor.with());
            reach = position + findLength;
        }
        return acceptAtHead(file, replace.target(), operation.build(), anchor);
    }

    private int[] positions(FileImage file, Anchor anchor) {
        int[] positions = switch (anchor.occurrence()) {
            case ONLY -> file.text().find(anchor.find(), true, state.limits().changesMax());
            case FIRST -> file.text().find(anchor.find(), false, 1);
            case ALL -> file.text().find(anchor.find(), false, state.limits().changesMax() + 1);
        };
        String where = " in file " + file.path() + " at version " + state.image().version();
        if (positions.length == 0) {
            throw new RejectionException(ANCHOR_NOT_FOUND, "text to find of " + CodePoints.count(anchor.find())
                + " code points occurs 0 times" + where + " (expected: at least once)");
        }
        if (anchor.occurrence() == Anchor.Occurrence.ONLY && positions.length > 1) {
            throw new RejectionException(ANCHOR_AMBIGUOUS, "text to find of " + CodePoints.count(anchor.find())
                + " code points occurs " + positions.length + " times" + where + " (expected: exactly once)");
        }
        if (positions.length > state.limits().changesMax()) {
            throw new RejectionException(TOO_LARGE, "text to find occurs more than " + state.limits().changesMax()
                + " times" + where + " (expected: at most that many changes)");
        }
        return positions;
    }

    private CanonicalOperation acceptAtHead(FileImage file, FileReference target, TextOperation operation,
                                            Anchor anchor) {
        int inserted = operation.skeleton().insertedLength();
        Sizes.require((long) inserted + operation.skeleton().deletedLength(), state.limits().operationCodePointsMax(),
            "text put in and taken out of file ", file.path());
        int growth = operation.targetLength() - operation.baseLength();
        if (growth > 0) {
            Sizes.require(operation.targetLength(), state.limits().fileCodePointsMax(), "file ", file.path());
            requireRoom(growth);
        }
        edit = operation;
        List<Change> changes = Changes.toChanges(operation, file.text());
        return canonical(file.file(), file.path(), new Operation.Edit(byId(target, file), changes, anchor));
    }

    private static FileReference byId(FileReference target, FileImage file) {
        return target.file() != null ? target : FileReference.ofFile(file.file());
    }

    private CanonicalOperation acceptCreate(Operation.Create create) {
        String id = create.file() == null ? Ids.ofCreate(submission.session(), submission.seq()) : create.file();
        if (!Ids.isUuid(id)) {
            throw new RejectionException(BAD_REQUEST, "file id " + Ids.shown(id)
                + " (expected: a UUID in its 36-character form)");
        }
        PathRules.check(create.path());
        CodePoints.requireWellFormed(create.text(), "text of file " + create.path());
        FileImage same = state.image().fileOrNull(id);
        if (same != null) {
            throw new RejectionException(BAD_REQUEST, "file id " + id + " is that of file " + same.path()
                + (same.deleted() ? ", which was deleted" : "") + " (expected: an id never used)");
        }
        requireFree(create.path(), id);
        requireCount(state.image().liveCount(), state.limits().filesMax(), "live files");
        requireCount(state.image().fileCount(), state.limits().fileIdsMax(), "files ever created");
        int length = CodePoints.count(create.text());
        Sizes.require(length, state.limits().fileCodePointsMax(), "file ", create.path());
        requireRoom(length);
        return canonical(id, create.path(), new Operation.Create(create.path(), create.text(), id));
    }

    private CanonicalOperation acceptRename(Operation.Rename rename) {
        FileImage file = context.liveFile(rename.target());
        PathRules.check(rename.to());
        requireFree(rename.to(), file.file());
        return canonical(file.file(), rename.to(),
            new Operation.Rename(FileReference.ofFile(file.file()), rename.to()));
    }

    private void requireFree(String path, String file) {
        FileImage holder = state.image().fileAtOrNull(path);
        if (holder != null && !holder.file().equals(file)) {
            throw new RejectionException(PATH_TAKEN, "path " + path + " is taken by file " + holder.file()
                + " at version " + state.image().version() + " (expected: a free path)");
        }
    }

    private void requireRoom(int growth) {
        Sizes.require(state.image().codePoints() + growth, state.limits().workspaceCodePointsMax(),
            "all texts of workspace ", state.image().workspace());
    }

    private void requireCount(int count, int max, String what) {
        if (count >= max) {
            throw new RejectionException(LIMIT_REACHED, what + " of workspace " + state.image().workspace() + ": "
                + count + " (expected: at most " + max + ")");
        }
    }

    private CanonicalOperation canonical(String file, String path, Operation operation) {
        String author = submission.author() == null || submission.author().isEmpty() ? ANONYMOUS : submission.author();
        WorkspaceImage image = state.image();
        return image.hasher().seal(new CanonicalOperation(image.workspace(), image.version() + 1, file, path, author,
            sessionId, submission.seq(), submission.base(), submission.after(), submission.sourceOffset(),
            submission.timeMs(), operation, image.hash(), Hash.blank()));
    }

    /** A file that was deleted, as an answer. */
    static RejectionException deleted(FileImage file) {
        return new RejectionException(FILE_DELETED, "file " + file.path() + " (" + file.file()
            + ") was deleted at version " + file.version());
    }

    /** A reference that leads nowhere, as an answer. */
    static RejectionException unknown(String what, String suffix) {
        return new RejectionException(RejectionCode.UNKNOWN_FILE, "no " + what + suffix);
    }
}
