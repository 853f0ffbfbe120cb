package dev.heddle.cli.export;

import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Component;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import dev.heddle.engine.workspace.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.internal.storage.pack.DeltaEncoder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The blobs of one file of a workspace, commit by commit. What changed since the last one is composed from the edits,
 * so that git's delta is written down and not searched for. One thread.
 */
final class BlobHistory {

    /** As long as git's own chains of deltas; every so many versions a file is written whole. */
    private static final int DELTAS_MAX = 50;
    /** A text of which more than this share is new is written whole. */
    private static final int NEW_SHARE_MAX = 2;

    private Text committed;
    private ObjectId blob;
    private int deltas;
    private TextOperation since;
    private Text now = Text.EMPTY;

    /** Takes an operation on this file; a rename or a deletion leaves the text as it is. */
    void accept(LoggedOperation logged) {
        if (logged.operation() instanceof Operation.Create create) {
            now = Text.of(create.text());
        } else if (logged.operation() instanceof Operation.Edit edit) {
            TextOperation done = Changes.toOperation(edit.changes(), now.lengthCodePoints());
            now = now.apply(done);
            since = since == null ? done : TextOperations.compose(since, done);
        }
    }

    /** {@return the blob of the text as it is now} */
    ObjectId write(PackFile pack) throws IOException {
        if (blob == null || since != null) {
            byte[] content = now.toString().getBytes(StandardCharsets.UTF_8);
            boolean whole = blob == null || deltas == DELTAS_MAX
                || since.inserted().length() * NEW_SHARE_MAX > now.lengthUtf16();
            blob = whole ? pack.insert(Constants.OBJ_BLOB, content, 0, content.length)
                : pack.insertDelta(content, blob, delta(content.length));
            deltas = whole ? 0 : deltas + 1;
            committed = now;
            since = null;
        }
        return blob;
    }

    private byte[] delta(int length) throws IOException {
        Bytes before = new Bytes(committed);
        ByteArrayOutputStream delta = new ByteArrayOutputStream();
        DeltaEncoder encoder = new DeltaEncoder(delta, before.length(), length);
        for (Component component : since.components()) {
            if (component.kind() == Component.Kind.INSERT) {
                encoder.insert(component.text().getBytes(StandardCharsets.UTF_8));
            } else {
                int from = before.position();
                int count = before.skip(component.length()) - from;
                if (component.kind() == Component.Kind.RETAIN && count > 0) {
                    encoder.copy(from, count);
                }
            }
        }
        // An operation does not say that it keeps what is behind its last change.
        if (before.position() < before.length()) {
            encoder.copy(before.position(), before.length() - before.position());
        }
        return delta.toByteArray();
    }

    /** Positions in a text's UTF-8, ascending. */
    private static final class Bytes {

        private final int length;
        private final byte[] utf8;
        private int position;

        Bytes(Text text) {
            length = Math.toIntExact(text.lengthUtf8Bytes());
            // Where every code point is one byte, nothing need be looked at.
            utf8 = length == text.lengthCodePoints() ? null : text.toString().getBytes(StandardCharsets.UTF_8);
        }

        int length() {
            return length;
        }

        int position() {
            return position;
        }

        /** Moves on by code points and says where that is. */
        int skip(int codePoints) {
            if (utf8 == null) {
                position += codePoints;
                return position;
            }
            for (int left = codePoints; left > 0; left--) {
                position++;
                while (position < length && (utf8[position] & 0xc0) == 0x80) {
                    position++;
                }
            }
            return position;
        }
    }
}
