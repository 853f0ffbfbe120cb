package dev.heddle.teststack;

import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.Optional;

/**
 * A client's copy of one text: shows its own edits at once, has at most one operation in flight, composes the rest.
 *
 * <p>Pure, one thread at a time; positions in code points.
 */
final class TextReplica {

    private Text text;
    private TextOperation inFlight;
    private TextOperation buffer;
    private int bufferedEdits;

    TextReplica(Text text) {
        this.text = text;
    }

    Text text() {
        return text;
    }

    /** {@return number of edits made but not yet in flight} */
    int bufferedEdits() {
        return bufferedEdits;
    }

    boolean settled() {
        return inFlight == null && buffer == null;
    }

    /** {@return length of the text as the log has it, which the next canonical operation applies to} */
    int canonicalLength() {
        if (inFlight != null) {
            return inFlight.baseLength();
        }
        return buffer != null ? buffer.baseLength() : text.lengthCodePoints();
    }

    /** Takes an edit of the local user, written against {@link #text()}. */
    void edit(TextOperation operation) {
        text = text.apply(operation);
        buffer = buffer == null ? operation : TextOperations.compose(buffer, operation);
        bufferedEdits++;
    }

    /** {@return what to submit now, which is in flight from here on; empty while something is, or nothing is left} */
    Optional<TextOperation> next() {
        if (inFlight != null || buffer == null) {
            return Optional.empty();
        }
        inFlight = buffer;
        buffer = null;
        bufferedEdits = 0;
        return Optional.of(inFlight);
    }

    /** Takes the canonical form of the operation in flight; it has to be what this replica came to by itself. */
    void acknowledge(TextOperation canonical) {
        if (!canonical.equals(inFlight)) {
            throw new IllegalStateException("own operation came back as " + canonical + ", expected " + inFlight);
        }
        inFlight = null;
    }

    /** Takes an operation of somebody else. */
    void foreign(TextOperation canonical) {
        TextOperation rest = canonical;
        if (inFlight != null) {
            TextOperation pending = inFlight;
            inFlight = TextOperations.transform(pending, rest, Side.LEFT);
            rest = TextOperations.transform(rest, pending, Side.RIGHT);
        }
        if (buffer != null) {
            TextOperation pending = buffer;
            buffer = TextOperations.transform(pending, rest, Side.LEFT);
            rest = TextOperations.transform(rest, pending, Side.RIGHT);
        }
        text = text.apply(rest);
    }
}
