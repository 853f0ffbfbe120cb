package dev.heddle.engine.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An immutable text: a balanced tree of chunks, and what is being typed at one place of it. An edit costs time and
 * memory in the logarithm of the length and shares all else with the text it came from, so holding a file at several
 * versions is cheap; one that goes on where the last one was costs next to nothing. Safe for any number of threads.
 *
 * <p>Positions and lengths are in code points where not named otherwise.
 */
public final class Text {

    /** The text without any code point. */
    public static final Text EMPTY = new Text(null, null);

    /** The tree that the run stands in; without a run, the text itself. Null where it is empty. */
    private final TextNode base;
    /** What is being typed, not yet part of the tree; null where nothing is. */
    private final TypedRun run;
    /** The tree with the run in its place, once somebody asked; several threads may make it, all the same. */
    private TextNode merged;

    private Text(TextNode base, TypedRun run) {
        this.base = base;
        this.run = run;
    }

    private static Text of(TextNode base, TypedRun run) {
        Text text = new Text(base, run);
        return text.lengthCodePoints() == 0 ? EMPTY : text;
    }

    /** The tree of the whole text, null where it is empty. */
    private TextNode tree() {
        if (run == null) {
            return base;
        }
        TextNode tree = merged;
        if (tree == null) {
            tree = run.into(base);
            merged = tree;
        }
        return tree;
    }

    /**
     * {@return a text of these characters}
     *
     * @param text well-formed text, never null
     * @throws dev.heddle.engine.RejectionException {@code TEXT_MALFORMED} if a surrogate is alone
     */
    public static Text of(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        CodePoints.requireWellFormed(text, "text");
        return new Text(TextNode.of(text), null);
    }

    /** {@return its length in code points} */
    public int lengthCodePoints() {
        int length = base == null ? 0 : base.codePoints;
        return run == null ? length : length - (run.to - run.from) + run.length;
    }

    /** {@return its length in UTF-16 units} */
    public int lengthUtf16() {
        if (run == null || base == null) {
            return run == null ? utf16(base) : run.length;
        }
        return base.utf16 - (base.toUtf16(run.to) - base.toUtf16(run.from)) + run.length;
    }

    private static int utf16(TextNode tree) {
        return tree == null ? 0 : tree.utf16;
    }

    /** {@return its length in bytes of UTF-8} */
    public long lengthUtf8Bytes() {
        long bytes = base == null ? 0 : base.utf8;
        return run == null ? bytes : bytes - TextNode.utf8Length(base, run.from, run.to) + run.utf8Length();
    }

    /** {@return whether it has no code point} */
    public boolean isEmpty() {
        return base == null && run == null;
    }

    /**
     * {@return the text after an operation}
     *
     * @param operation an operation that stands on a text of this length, never null
     * @throws IllegalArgumentException if it stands on a text of another length
     */
    public Text apply(TextOperation operation) {
        TextOperations.requireBase(operation, lengthCodePoints());
        Skeleton skeleton = operation.skeleton();
        return skeleton.isOneChange()
            ? edit(skeleton.firstChangeAt(), skeleton.deletedLength(), operation.inserted(), skeleton.insertedLength())
            : applyAll(operation);
    }

    private Text applyAll(TextOperation operation) {
        Text text = this;
        ChangeCursor changes = new ChangeCursor(operation);
        while (changes.next()) {
            text = text.edit(changes.targetAt, changes.delete, changes.insert(), changes.insertLength);
        }
        return text;
    }

    private Text edit(int at, int delete, String insert, int insertLength) {
        TypedRun grown = run == null ? null : run.edit(at, delete, insert, insertLength);
        if (grown != null) {
            return of(base, grown);
        }
        TypedRun started = TypedRun.start(at, delete, insert, insertLength);
        TextNode tree = tree();
        return of(started == null ? TextNode.replace(tree, at, at + delete, insert, insertLength) : tree, started);
    }

    /**
     * {@return the part from one position to another}
     *
     * @param from first position, in code points
     * @param to   position after the last, in code points
     * @throws IndexOutOfBoundsException if the range is not within the text
     */
    public Text slice(int from, int to) {
        checkRange(from, to);
        if (from == to) {
            return EMPTY;
        }
        TextNode tree = tree();
        TextNode head = TextNode.replace(tree, to, lengthCodePoints(), "", 0);
        TextNode part = TextNode.replace(head, 0, from, "", 0);
        return part == tree ? this : new Text(part, null);
    }

    /**
     * {@return the characters from one position to another}
     *
     * @param from first position, in code points
     * @param to   position after the last, in code points
     * @throws IndexOutOfBoundsException if the range is not within the text
     */
    public String substring(int from, int to) {
        checkRange(from, to);
        if (from == to) {
            return "";
        }
        if (run == null || to <= run.from) {
            return TextNode.substring(base, from, to);
        }
        int runEnd = run.from + run.length;
        if (from >= runEnd) {
            int before = run.to - runEnd;
            return TextNode.substring(base, from + before, to + before);
        }
        boolean within = from >= run.from && to <= runEnd;
        return within ? run.substring(from - run.from, to - run.from) : TextNode.substring(tree(), from, to);
    }

    private void checkRange(int from, int to) {
        if (from < 0 || from > to || to > lengthCodePoints()) {
            throw new IndexOutOfBoundsException("range " + from + " to " + to + " of text of length "
                + lengthCodePoints());
        }
    }

    /**
     * {@return the UTF-16 position of a code point position}
     *
     * @param position position in code points, from 0 to the length
     * @throws IndexOutOfBoundsException if it is outside the text
     */
    public int toUtf16(int position) {
        checkRange(0, position);
        return isEmpty() ? 0 : tree().toUtf16(position);
    }

    /**
     * {@return the code point position of a UTF-16 position; one within a surrogate pair counts as before the pair}
     *
     * @param position position in UTF-16 units, from 0 to the length
     * @throws IndexOutOfBoundsException if it is outside the text
     */
    public int fromUtf16(int position) {
        if (position < 0 || position > lengthUtf16()) {
            throw new IndexOutOfBoundsException("UTF-16 position " + position + " of text of length " + lengthUtf16());
        }
        return isEmpty() ? 0 : tree().fromUtf16(position);
    }

    /**
     * {@return positions of a text within this one, ascending}
     *
     * <p>Reads the text once and copies none of it.
     *
     * @param find        what is looked for, well-formed, not empty
     * @param overlapping whether a match may start within the one before it
     * @param countMax    stop after this many matches, at least 1
     */
    public int[] find(String find, boolean overlapping, int countMax) {
        TextSearch search = new TextSearch(find, overlapping, countMax);
        if (!isEmpty()) {
            tree().forEachChunk(search::accept);
        }
        return search.positions();
    }

    /** {@return SHA-256 of the text in UTF-8, as 64 lower-case hex digits} */
    public String sha256Hex() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        if (!isEmpty()) {
            tree().forEachChunk(chunk -> {
                digest.update(chunk.getBytes(StandardCharsets.UTF_8));
                return true;
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Throws where the tree breaks its own rules; for tests. */
    void checkShape() {
        if (!isEmpty()) {
            tree().checkShape(true);
        }
    }

    /** {@return the whole text as one string} */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(lengthUtf16());
        tree().forEachChunk(chunk -> {
            out.append(chunk);
            return true;
        });
        return out.toString();
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Text that && lengthUtf16() == that.lengthUtf16() && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
