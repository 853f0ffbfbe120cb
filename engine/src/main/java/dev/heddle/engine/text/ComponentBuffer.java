package dev.heddle.engine.text;

import java.util.Arrays;

/**
 * Collects components in their canonical form: equal neighbours merged, no trailing retain, order of inserts and
 * deletes kept. A component is one int, its length shifted over its kind. Used by one thread, for one operation.
 */
final class ComponentBuffer {

    static final int RETAIN = 0;
    static final int INSERT = 1;
    static final int DELETE = 2;
    static final int KIND_BITS = 2;
    static final int KIND_MASK = 3;
    /** Longest text an operation may stand on or lead to, in code points: what fits beside the kind. */
    static final int LENGTH_MAX = Integer.MAX_VALUE >> KIND_BITS;

    private int[] components;
    private int count;
    private int inserted;
    private int deleted;

    ComponentBuffer(int capacity) {
        components = new int[Math.max(capacity, 4)];
    }

    static int kind(int component) {
        return component & KIND_MASK;
    }

    static int length(int component) {
        return component >>> KIND_BITS;
    }

    static int component(int kind, int length) {
        return length << KIND_BITS | kind;
    }

    /** A text's length, checked to be one that an operation may stand on. */
    static int requireLength(int baseLength) {
        if (baseLength < 0 || baseLength > LENGTH_MAX) {
            throw new IllegalArgumentException("base length " + baseLength + " (expected: 0 to " + LENGTH_MAX + ")");
        }
        return baseLength;
    }

    /** Length of the text that an operation leads to; throws {@link ArithmeticException} where it is too long. */
    static int targetLength(int baseLength, int deleted, int inserted) {
        int target = Math.addExact(baseLength - deleted, inserted);
        if (target > LENGTH_MAX) {
            throw new ArithmeticException("text of " + target + " code points (expected: at most " + LENGTH_MAX + ")");
        }
        return target;
    }

    void retain(int length) {
        add(RETAIN, length);
    }

    void insert(int length) {
        inserted = Math.addExact(inserted, length);
        add(INSERT, length);
    }

    void delete(int length) {
        deleted += length;
        add(DELETE, length);
    }

    /** Adds a retain or a delete of the other operation's making. */
    void add(int kind, int length) {
        if (length == 0) {
            return;
        }
        if (count > 0 && (components[count - 1] & KIND_MASK) == kind) {
            components[count - 1] += length << KIND_BITS;
            return;
        }
        if (count == components.length) {
            components = Arrays.copyOf(components, count * 2);
        }
        components[count++] = component(kind, length);
    }

    Skeleton toSkeleton(int baseLength) {
        int end = count;
        if (end > 0 && (components[end - 1] & KIND_MASK) == RETAIN) {
            end--;
        }
        int target = targetLength(baseLength, deleted, inserted);
        return end == 0 ? Skeleton.noop(baseLength) : new Skeleton(baseLength, target, Arrays.copyOf(components, end));
    }
}
