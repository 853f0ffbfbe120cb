package dev.heddle.engine.text;

import java.util.function.Predicate;

/**
 * A node of a text's tree: a chunk of characters, or two subtrees whose heights differ by at most one. Immutable.
 *
 * <p>Chunks never cut a surrogate pair, are never empty, and but for a lone one never short, so the tree's depth stays
 * in the logarithm of the length whatever the history of edits. A null node is the empty text.
 */
final class TextNode {

    /** Longest chunk, in UTF-16 units: longer ones cost more to copy, shorter ones more to find. */
    static final int CHUNK_MAX = 512;
    /** Shortest chunk beside another one: what falls below is joined with its neighbour. */
    static final int CHUNK_MIN = CHUNK_MAX / 4;

    final int codePoints;
    final int utf16;
    final int utf8;
    private final int height;
    private final String chunk;
    private final TextNode left;
    private final TextNode right;

    private TextNode(String chunk, int codePoints, int utf8) {
        this.chunk = chunk;
        this.codePoints = codePoints;
        this.utf16 = chunk.length();
        this.utf8 = utf8;
        this.height = 0;
        this.left = null;
        this.right = null;
    }

    private TextNode(TextNode left, TextNode right) {
        this.chunk = null;
        this.left = left;
        this.right = right;
        this.codePoints = left.codePoints + right.codePoints;
        this.utf16 = left.utf16 + right.utf16;
        this.utf8 = Math.addExact(left.utf8, right.utf8);
        this.height = 1 + Math.max(left.height, right.height);
    }

    /** A tree of a text that is not empty. */
    static TextNode of(String text) {
        return build(text, 0, text.length());
    }

    private static TextNode build(String text, int from, int to) {
        if (to - from <= CHUNK_MAX) {
            String part = text.substring(from, to);
            return new TextNode(part, CodePoints.count(part), CodePoints.utf8Length(part, 0, part.length()));
        }
        int middle = from + (to - from) / 2;
        if (Character.isLowSurrogate(text.charAt(middle))) {
            middle--;
        }
        return join(build(text, from, middle), build(text, middle, to));
    }

    /** The tree with a range replaced; positions and {@code insertLength}, the length of the insert, in code points. */
    static TextNode replace(TextNode node, int from, int to, String insert, int insertLength) {
        if (from == to && insertLength == 0) {
            return node;
        }
        if (node == null) {
            return insertLength == 0 ? null : of(insert);
        }
        if (from == 0 && to == node.codePoints) {
            return insertLength == 0 ? null : of(insert);
        }
        if (node.chunk != null) {
            return node.replaceInChunk(from, to, insert, insertLength);
        }
        int middle = node.left.codePoints;
        if (to <= middle) {
            return join(replace(node.left, from, to, insert, insertLength), node.right);
        }
        if (from >= middle) {
            return join(node.left, replace(node.right, from - middle, to - middle, insert, insertLength));
        }
        return join(replace(node.left, from, middle, insert, insertLength), replace(node.right, 0, to - middle, "", 0));
    }

    private TextNode replaceInChunk(int from, int to, String insert, int insertLength) {
        int start = toUtf16(from);
        int end = codePoints == utf16 ? to : chunk.offsetByCodePoints(start, to - from);
        String text = chunk.substring(0, start) + insert + chunk.substring(end);
        if (text.length() > CHUNK_MAX) {
            return of(text);
        }
        int removedBytes = utf8 == utf16 ? end - start : CodePoints.utf8Length(chunk, start, end);
        int bytes = utf8 - removedBytes + CodePoints.utf8Length(insert, 0, insert.length());
        return new TextNode(text, codePoints - (to - from) + insertLength, bytes);
    }

    /** One tree of two, of any heights; either may be null. */
    private static TextNode join(TextNode left, TextNode right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.chunk != null && left.utf16 < CHUNK_MIN) {
            return replace(right, 0, 0, left.chunk, left.codePoints);
        }
        if (right.chunk != null && right.utf16 < CHUNK_MIN) {
            return replace(left, left.codePoints, left.codePoints, right.chunk, right.codePoints);
        }
        if (left.height > right.height + 1) {
            return balance(left.left, join(left.right, right));
        }
        if (right.height > left.height + 1) {
            return balance(join(left, right.left), right.right);
        }
        return new TextNode(left, right);
    }

    /** A node of two trees whose heights differ by at most two. */
    private static TextNode balance(TextNode left, TextNode right) {
        if (right.height > left.height + 1) {
            if (right.left.height <= right.right.height) {
                return new TextNode(new TextNode(left, right.left), right.right);
            }
            return new TextNode(new TextNode(left, right.left.left), new TextNode(right.left.right, right.right));
        }
        if (left.height > right.height + 1) {
            if (left.right.height <= left.left.height) {
                return new TextNode(left.left, new TextNode(left.right, right));
            }
            return new TextNode(new TextNode(left.left, left.right.left), new TextNode(left.right.right, right));
        }
        return new TextNode(left, right);
    }

    static String substring(TextNode node, int from, int to) {
        TextNode within = node;
        int start = from;
        int end = to;
        while (within.chunk == null) {
            int middle = within.left.codePoints;
            if (end <= middle) {
                within = within.left;
            } else if (start >= middle) {
                within = within.right;
                start -= middle;
                end -= middle;
            } else {
                StringBuilder out = new StringBuilder(end - start);
                within.append(start, end, out);
                return out.toString();
            }
        }
        return within.chunk.substring(within.toUtf16(start), within.toUtf16(end));
    }

    private void append(int from, int to, StringBuilder out) {
        if (from >= to) {
            return;
        }
        if (chunk != null) {
            out.append(chunk, toUtf16(from), toUtf16(to));
            return;
        }
        int middle = left.codePoints;
        left.append(from, Math.min(to, middle), out);
        right.append(Math.max(0, from - middle), to - middle, out);
    }

    /** Number of bytes of a range in UTF-8; the node may only be null for an empty range. */
    static int utf8Length(TextNode node, int from, int to) {
        if (from == to || node.codePoints == node.utf8) {
            return to - from;
        }
        if (node.chunk != null) {
            return CodePoints.utf8Length(node.chunk, node.toUtf16(from), node.toUtf16(to));
        }
        int middle = node.left.codePoints;
        int inLeft = from >= middle ? 0 : utf8Length(node.left, from, Math.min(to, middle));
        return to <= middle ? inLeft : inLeft + utf8Length(node.right, Math.max(0, from - middle), to - middle);
    }

    int toUtf16(int position) {
        if (codePoints == utf16) {
            return position;
        }
        if (chunk != null) {
            return chunk.offsetByCodePoints(0, position);
        }
        int middle = left.codePoints;
        return position <= middle ? left.toUtf16(position) : left.utf16 + right.toUtf16(position - middle);
    }

    int fromUtf16(int position) {
        if (codePoints == utf16) {
            return position;
        }
        if (chunk != null) {
            return CodePoints.fromUtf16(chunk, position);
        }
        int middle = left.utf16;
        return position <= middle ? left.fromUtf16(position) : left.codePoints + right.fromUtf16(position - middle);
    }

    /** Hands out the chunks in order until the visitor answers false. */
    boolean forEachChunk(Predicate<String> visitor) {
        return chunk != null ? visitor.test(chunk) : left.forEachChunk(visitor) && right.forEachChunk(visitor);
    }

    /** Throws where the tree breaks its own rules; for tests. */
    void checkShape(boolean lone) {
        if (chunk != null) {
            if (utf16 > CHUNK_MAX || utf16 == 0 || !lone && utf16 < CHUNK_MIN || !CodePoints.wellFormed(chunk)
                || codePoints != CodePoints.count(chunk) || utf8 != CodePoints.utf8Length(chunk, 0, utf16)) {
                throw new IllegalStateException("chunk of " + utf16 + " units");
            }
            return;
        }
        int higher = Math.max(left.height, right.height);
        if (Math.abs(left.height - right.height) > 1 || height != higher + 1) {
            throw new IllegalStateException("height " + height + " of " + left.height + " and " + right.height);
        }
        left.checkShape(false);
        right.checkShape(false);
    }
}
