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
public final class TextReplica {

    private Text text;
    private TextOperation inFlight;
    private TextOperation buffer;
    private int bufferedEdits;

    /**
     * A replica of a text as the log has it.
     *
     * @param text the text
     */
    public TextReplica(Text text) {
        this.text = text;
    }

    /** {@return the text as its user sees it} */
    public Text text() {
        return text;
    }

    /** {@return number of edits made but not yet in flight} */
    public int bufferedEdits() {
        return bufferedEdits;
    }

    /** {@return whether everything the user did was answered} */
    public boolean settled() {
        return inFlight == null && buffer == null;
    }

    /** {@return length of the text as the log has it, which the next canonical operation applies to} */
    public int canonicalLength() {
        if (inFlight != null) {
            return inFlight.baseLength();
        }
        return buffer != null ? buffer.baseLength() : text.lengthCodePoints();
    }

    /**
     * Takes an edit of the local user.
     *
     * @param operation written against {@link #text()}
     */
    public void edit(TextOperation operation) {
        text = text.apply(operation);
        buffer = buffer == null ? operation : TextOperations.compose(buffer, operation);
        bufferedEdits++;
    }

    /** {@return what to submit now, which is in flight from here on; empty while something is, or nothing is left} */
    public Optional<TextOperation> next() {
        if (inFlight != null || buffer == null) {
            return Optional.empty();
        }
        inFlight = buffer;
        buffer = null;
        bufferedEdits = 0;
        return Optional.of(inFlight);
    }

    /**
     * Takes the canonical form of the operation in flight; it has to be what this replica came to by itself.
     *
     * @param canonical the operation as committed
     */
    public void acknowledge(TextOperation canonical) {
        if (!canonical.equals(inFlight)) {
            throw new IllegalStateException("own operation came back as " + canonical + ", expected " + inFlight);
        }
        inFlight = null;
    }

    /**
     * Takes an operation of somebody else.
     *
     * @param canonical the operation as committed
     */
    public void foreign(TextOperation canonical) {
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
