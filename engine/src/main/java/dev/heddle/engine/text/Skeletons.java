package dev.heddle.engine.text;

import static dev.heddle.engine.text.ComponentBuffer.DELETE;
import static dev.heddle.engine.text.ComponentBuffer.INSERT;
import static dev.heddle.engine.text.ComponentBuffer.RETAIN;

/** The algebra on lengths alone: what moves where. Inserted texts never matter to it. */
public final class Skeletons {

    private Skeletons() {
    }

    /**
     * {@return {@code a} as it must be applied after {@code b}, where both stand on the same text}
     *
     * @param a    the operation to bring over, never null
     * @param b    the operation that goes first, never null
     * @param side where {@code a}'s inserts go when {@code b} inserts at the same place
     * @throws IllegalArgumentException if the two do not stand on texts of one length
     */
    public static Skeleton transform(Skeleton a, Skeleton b, Side side) {
        requireEqual(a.baseLength(), b.baseLength(), "transform: base lengths");
        if (b.isNoop()) {
            return a;
        }
        ComponentCursor as = new ComponentCursor(a);
        ComponentCursor bs = new ComponentCursor(b);
        ComponentBuffer out = new ComponentBuffer(a.size() + b.size() + 1);
        while (!as.ended) {
            if (as.kind == INSERT && (bs.kind != INSERT || side == Side.LEFT)) {
                out.insert(as.rest);
                as.next();
            } else if (bs.kind == INSERT) {
                out.retain(bs.rest);
                bs.next();
            } else {
                int step = Math.min(as.rest, bs.rest);
                if (bs.kind == RETAIN) {
                    keep(out, as.kind, step);
                }
                as.take(step);
                bs.take(step);
            }
        }
        return out.toSkeleton(b.targetLength());
    }

    /**
     * {@return one operation that does what {@code a} and then {@code b} do; where there is a choice, deletes go before
     * inserts, which makes transforming over the result equal to transforming over the two in turn}
     *
     * @param a the first operation, never null
     * @param b the second, which stands on what the first leads to, never null
     * @throws IllegalArgumentException if {@code b} does not stand on a text of {@code a}'s target length
     */
    public static Skeleton compose(Skeleton a, Skeleton b) {
        if (a.isNoop() && a.targetLength() == b.baseLength()) {
            return b;
        }
        return compose(a, b, null);
    }

    static Skeleton compose(Skeleton a, Skeleton b, InsertedText texts) {
        requireEqual(a.targetLength(), b.baseLength(), "compose: target and base length");
        ComponentCursor as = new ComponentCursor(a);
        ComponentCursor bs = new ComponentCursor(b);
        ComponentBuffer out = new ComponentBuffer(a.size() + b.size() + 1);
        while (!as.ended || !bs.ended) {
            if (as.kind == DELETE) {
                out.delete(as.rest);
                as.next();
            } else if (bs.kind == INSERT) {
                out.insert(bs.rest);
                InsertedText.take(texts, false, bs.rest, true);
                bs.next();
            } else {
                int step = Math.min(as.rest, bs.rest);
                merge(out, as.kind, bs.kind, step);
                if (as.kind == INSERT) {
                    InsertedText.take(texts, true, step, bs.kind != DELETE);
                }
                as.take(step);
                bs.take(step);
            }
        }
        return out.toSkeleton(a.baseLength());
    }

    private static void merge(ComponentBuffer out, int kindA, int kindB, int length) {
        if (kindA == RETAIN) {
            keep(out, kindB, length);
        } else if (kindB == RETAIN) {
            out.insert(length);
        }
    }

    private static void keep(ComponentBuffer out, int kind, int length) {
        if (kind == DELETE) {
            out.delete(length);
        } else {
            out.retain(length);
        }
    }

    private static void requireEqual(int left, int right, String what) {
        if (left != right) {
            throw new IllegalArgumentException(what + " " + left + " and " + right + " (expected: equal)");
        }
    }
}
