package dev.heddle.engine.text;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is being typed at one place of a text: a few characters that stand for a stretch of the text's tree. The tree
 * then changes once for the whole run instead of once for every character.
 *
 * <p>Immutable and safe for any number of threads. Runs that grew from one another share their characters: only one of
 * them may append where another ended, whoever comes second copies. Surrogate pairs never get into a run, so its
 * characters are code points. Positions and lengths are in code points.
 */
final class TypedRun {

    /** Longest run: longer ones cost more to copy where something is typed within them. */
    static final int LENGTH_MAX = 256;
    /** Longest stretch of the tree that a run stands for, so that no text holds much that was deleted from it. */
    static final int STRETCH_MAX = 1024;

    private static final int CAPACITY_MIN = 16;

    /** First position of the stretch, in the tree and in the text. */
    final int from;
    /** Position after the stretch, in the tree. */
    final int to;
    /** Number of characters. */
    final int length;
    private final char[] characters;
    /** How many of the shared characters are taken. */
    private final AtomicInteger taken;

    private TypedRun(int from, int to, int length, char[] characters, AtomicInteger taken) {
        this.from = from;
        this.to = to;
        this.length = length;
        this.characters = characters;
        this.taken = taken;
    }

    /** A run that begins with an edit of the tree; null where such an edit has no place in a run. */
    static TypedRun start(int at, int delete, String insert, int insertLength) {
        if (insertLength > LENGTH_MAX || insertLength != insert.length() || delete > STRETCH_MAX) {
            return null;
        }
        char[] characters = allocate(insertLength);
        insert.getChars(0, insertLength, characters, 0);
        return new TypedRun(at, at + delete, insertLength, characters, new AtomicInteger(insertLength));
    }

    private static char[] allocate(int length) {
        return new char[Math.max(CAPACITY_MIN, Math.min(LENGTH_MAX, 2 * length))];
    }

    /** This run and a further edit of the text; null where that does not touch the run or has no place in it. */
    TypedRun edit(int at, int delete, String insert, int insertLength) {
        int end = from + length;
        int deleteEnd = at + delete;
        if (at > end || deleteEnd < from || insertLength != insert.length()) {
            return null;
        }
        int newFrom = Math.min(from, at);
        int newTo = to + Math.max(0, deleteEnd - end);
        int head = Math.max(0, at - from);
        int tail = Math.max(0, end - deleteEnd);
        int newLength = head + insertLength + tail;
        if (newLength > LENGTH_MAX || newTo - newFrom > STRETCH_MAX) {
            return null;
        }
        boolean append = tail == 0 && newLength <= characters.length;
        if (append && (insertLength == 0 || taken.compareAndSet(head, newLength))) {
            insert.getChars(0, insertLength, characters, head);
            return new TypedRun(newFrom, newTo, newLength, characters, taken);
        }
        char[] copy = allocate(newLength);
        System.arraycopy(characters, 0, copy, 0, head);
        insert.getChars(0, insertLength, copy, head);
        System.arraycopy(characters, length - tail, copy, head + insertLength, tail);
        return new TypedRun(newFrom, newTo, newLength, copy, new AtomicInteger(newLength));
    }

    /** The tree with the run in its place; null where nothing is left. */
    TextNode into(TextNode tree) {
        return TextNode.replace(tree, from, to, substring(0, length), length);
    }

    /** Some of the characters, by their index in the run. */
    String substring(int start, int end) {
        return new String(characters, start, end - start);
    }

    int utf8Length() {
        return CodePoints.utf8Length(substring(0, length), 0, length);
    }
}
