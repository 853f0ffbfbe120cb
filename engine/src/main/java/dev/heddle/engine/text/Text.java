package dev.heddle.engine.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An immutable text: a balanced tree of chunks. An edit costs time and memory in the logarithm of the length and shares
 * all else with the text it came from, so holding a file at several versions is cheap. Safe for any number of threads.
 *
 * <p>Positions and lengths are in code points where not named otherwise.
 */
public final class Text {

    /** The text without any code point. */
    public static final Text EMPTY = new Text(null);

    private final TextNode root;

    private Text(TextNode root) {
        this.root = root;
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
        return new Text(TextNode.of(text));
    }

    /** {@return its length in code points} */
    public int lengthCodePoints() {
        return root == null ? 0 : root.codePoints;
    }

    /** {@return its length in UTF-16 units} */
    public int lengthUtf16() {
        return root == null ? 0 : root.utf16;
    }

    /** {@return its length in bytes of UTF-8} */
    public long lengthUtf8Bytes() {
        return root == null ? 0 : root.utf8;
    }

    /** {@return whether it has no code point} */
    public boolean isEmpty() {
        return root == null;
    }

    /**
     * {@return the text after an operation}
     *
     * @param operation an operation that stands on a text of this length, never null
     * @throws IllegalArgumentException if it stands on a text of another length
     */
    public Text apply(TextOperation operation) {
        TextOperations.requireBase(operation, lengthCodePoints());
        TextNode node = root;
        int position = 0;
        int textIndex = 0;
        int[] components = operation.skeleton().components;
        String inserted = operation.inserted();
        for (int index = 0; index < components.length; index++) {
            int length = ComponentBuffer.length(components[index]);
            int kind = ComponentBuffer.kind(components[index]);
            if (kind == ComponentBuffer.RETAIN) {
                position += length;
                continue;
            }
            int deleted = 0;
            if (kind == ComponentBuffer.DELETE) {
                deleted = length;
                boolean replace = index + 1 < components.length
                    && ComponentBuffer.kind(components[index + 1]) == ComponentBuffer.INSERT;
                length = replace ? ComponentBuffer.length(components[++index]) : 0;
            }
            int end = length == inserted.length() ? length : inserted.offsetByCodePoints(textIndex, length);
            node = TextNode.replace(node, position, position + deleted, inserted.substring(textIndex, end), length);
            textIndex = end;
            position += length;
        }
        return node == root ? this : node == null ? EMPTY : new Text(node);
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
        TextNode head = TextNode.replace(root, to, lengthCodePoints(), "", 0);
        TextNode part = TextNode.replace(head, 0, from, "", 0);
        return part == root ? this : new Text(part);
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
        return from == to ? "" : TextNode.substring(root, from, to);
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
        return root == null ? 0 : root.toUtf16(position);
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
        return root == null ? 0 : root.fromUtf16(position);
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
        if (root != null) {
            root.forEachChunk(search::accept);
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
        if (root != null) {
            root.forEachChunk(chunk -> {
                digest.update(chunk.getBytes(StandardCharsets.UTF_8));
                return true;
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Throws where the tree breaks its own rules; for tests. */
    void checkShape() {
        if (root != null) {
            root.checkShape(true);
        }
    }

    /** {@return the whole text as one string} */
    @Override
    public String toString() {
        if (root == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(root.utf16);
        root.forEachChunk(chunk -> {
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
