package dev.heddle.engine.text;

import static dev.heddle.engine.text.ComponentBuffer.DELETE;
import static dev.heddle.engine.text.ComponentBuffer.INSERT;
import static dev.heddle.engine.text.ComponentBuffer.RETAIN;

import java.util.Arrays;

/**
 * A long skeleton, as composed from many edits, with the positions of its components, so that a short edit is brought
 * over it in time logarithmic in its length. Immutable.
 */
public final class IndexedSkeleton {

    private final Skeleton skeleton;
    /** Where each component starts in the base; at the end, where the last one ends. */
    private final int[] baseStarts;
    /** Where each component starts in the target; at the end, where the last one ends. */
    private final int[] targetStarts;

    /**
     * Indexes a skeleton.
     *
     * @param skeleton the skeleton, never null
     */
    public IndexedSkeleton(Skeleton skeleton) {
        this.skeleton = skeleton;
        int[] components = skeleton.components;
        baseStarts = new int[components.length + 1];
        targetStarts = new int[components.length + 1];
        for (int index = 0; index < components.length; index++) {
            int kind = ComponentBuffer.kind(components[index]);
            int length = ComponentBuffer.length(components[index]);
            baseStarts[index + 1] = baseStarts[index] + (kind == INSERT ? 0 : length);
            targetStarts[index + 1] = targetStarts[index] + (kind == DELETE ? 0 : length);
        }
    }

    /** {@return the skeleton} */
    public Skeleton skeleton() {
        return skeleton;
    }

    /**
     * {@return an edit brought over this one with {@link Side#LEFT}; equal to what {@link Skeletons#transform} gives}
     *
     * @param edit an edit that stands on the same text, never null
     * @throws IllegalArgumentException if it stands on a text of another length
     */
    public Skeleton carry(Skeleton edit) {
        if (edit.baseLength() != skeleton.baseLength()) {
            throw new IllegalArgumentException("carry: base lengths " + edit.baseLength() + " and "
                + skeleton.baseLength() + " (expected: equal)");
        }
        ComponentBuffer out = new ComponentBuffer(edit.size() + 3);
        // What of this skeleton's target lies behind, and what of its base.
        int target = 0;
        int base = 0;
        for (int component : edit.components) {
            int length = ComponentBuffer.length(component);
            switch (ComponentBuffer.kind(component)) {
                case INSERT -> out.insert(length);
                case RETAIN -> {
                    base += length;
                    int next = targetBefore(base);
                    out.retain(next - target);
                    target = next;
                }
                default -> {
                    target = delete(base, base + length, target, out);
                    base += length;
                }
            }
        }
        return out.toSkeleton(skeleton.targetLength());
    }

    /** Target position of a base position, before whatever is inserted there. */
    private int targetBefore(int position) {
        int index = indexAt(position);
        if (index == baseStarts.length - 1) {
            return targetStarts[index] + position - baseStarts[index];
        }
        boolean kept = ComponentBuffer.kind(skeleton.components[index]) == RETAIN;
        return targetStarts[index] + (kept ? position - baseStarts[index] : 0);
    }

    /** The first component at a base position, or the one that holds it; past the last one, the end. */
    private int indexAt(int position) {
        int low = 0;
        int high = baseStarts.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (baseStarts[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return baseStarts[low] > position ? low - 1 : low;
    }

    /** Takes out what is left of a base range, passing over what was inserted in it; gives the new target position. */
    private int delete(int from, int to, int targetFrom, ComponentBuffer out) {
        int target = targetFrom;
        int position = from;
        int index = indexAt(from);
        while (position < to) {
            boolean end = index == skeleton.components.length;
            int kind = end ? RETAIN : ComponentBuffer.kind(skeleton.components[index]);
            if (kind == INSERT) {
                int passed = ComponentBuffer.length(skeleton.components[index]);
                out.retain(passed);
                target += passed;
            } else {
                int step = (end ? to : Math.min(to, baseStarts[index + 1])) - position;
                if (kind == RETAIN) {
                    out.delete(step);
                    target += step;
                }
                position += step;
            }
            index++;
        }
        return target;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexedSkeleton that && skeleton.equals(that.skeleton);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(skeleton.components);
    }

    @Override
    public String toString() {
        return skeleton.toString();
    }
}
