package dev.heddle.engine.text;

/** The algebra of text operations: check, transform, compose, invert. Pure; no argument is ever changed. */
public final class TextOperations {

    private TextOperations() {
    }

    /**
     * {@return {@code a} as it must be applied after {@code b}, where both stand on the same text}
     *
     * <p>For {@code a' = transform(a, b, LEFT)} and {@code b' = transform(b, a, RIGHT)}, applying {@code b} then
     * {@code a'} gives the same text as {@code a} then {@code b'}. The server brings what is incoming over what is
     * committed with {@link Side#LEFT}. Costs time in the number of components of both.
     *
     * @param a    the operation to bring over, never null
     * @param b    the operation that goes first, never null
     * @param side where {@code a}'s inserts go when {@code b} inserts at the same place
     * @throws IllegalArgumentException if the two do not stand on texts of one length
     */
    public static TextOperation transform(TextOperation a, TextOperation b, Side side) {
        return transform(a, b.skeleton(), side);
    }

    /**
     * {@return {@code a} brought over an operation of which only the lengths are known}
     *
     * @param a    the operation to bring over, never null
     * @param b    the lengths of the operation that goes first, never null
     * @param side where {@code a}'s inserts go when {@code b} inserts at the same place
     * @throws IllegalArgumentException if the two do not stand on texts of one length
     */
    public static TextOperation transform(TextOperation a, Skeleton b, Side side) {
        // No insert is ever dropped or cut by a transform, so the texts stay as they are.
        return new TextOperation(Skeletons.transform(a.skeleton(), b, side), a.inserted());
    }

    /**
     * {@return one operation that does what {@code a} and then {@code b} do}
     *
     * <p>Where there is a choice, deletes go before inserts, so that transforming over the composition with
     * {@link Side#LEFT} equals transforming over the two in turn.
     *
     * @param a the first operation, never null
     * @param b the second, which stands on what the first leads to, never null
     * @throws IllegalArgumentException if {@code b} does not stand on a text of {@code a}'s target length
     */
    public static TextOperation compose(TextOperation a, TextOperation b) {
        InsertedText texts = new InsertedText(a.inserted(), b.inserted());
        Skeleton skeleton = Skeletons.compose(a.skeleton(), b.skeleton(), texts);
        return new TextOperation(skeleton, texts.text());
    }

    /**
     * {@return the operation that takes {@code operation} back}
     *
     * @param operation the operation, never null
     * @param base      the text it stood on, never null
     * @throws IllegalArgumentException if it does not stand on a text of that length
     */
    public static TextOperation invert(TextOperation operation, Text base) {
        requireBase(operation, base.lengthCodePoints());
        TextOperation.Builder inverse = TextOperation.on(operation.targetLength());
        int position = 0;
        for (int component : operation.skeleton().components) {
            int length = ComponentBuffer.length(component);
            switch (ComponentBuffer.kind(component)) {
                case ComponentBuffer.RETAIN -> {
                    inverse.retain(length);
                    position += length;
                }
                case ComponentBuffer.INSERT -> inverse.delete(length);
                default -> {
                    inverse.insert(base.substring(position, position + length));
                    position += length;
                }
            }
        }
        return inverse.build();
    }

    /**
     * Checks that an operation is whole: its lengths agree with its components and its text, and the form is canonical.
     *
     * @param operation the operation, never null
     * @throws IllegalArgumentException naming what does not agree
     */
    public static void check(TextOperation operation) {
        Skeleton skeleton = operation.skeleton();
        ComponentBuffer canonical = new ComponentBuffer(skeleton.components.length);
        long reach = 0;
        long inserted = 0;
        for (int component : skeleton.components) {
            int length = ComponentBuffer.length(component);
            boolean insert = ComponentBuffer.kind(component) == ComponentBuffer.INSERT;
            reach += insert ? 0 : length;
            inserted += insert ? length : 0;
            if (insert) {
                canonical.insert(length);
            } else {
                canonical.add(ComponentBuffer.kind(component), length);
            }
        }
        boolean whole = reach <= skeleton.baseLength() && inserted == CodePoints.count(operation.inserted())
            && CodePoints.wellFormed(operation.inserted())
            && skeleton.targetLength() == skeleton.baseLength() + inserted - skeleton.deletedLength();
        if (!whole || canonical.toSkeleton(skeleton.baseLength()).size() != skeleton.size()) {
            throw new IllegalArgumentException("operation " + operation
                + " (expected: canonical form, lengths that agree)");
        }
    }

    static void requireBase(TextOperation operation, int length) {
        if (operation.baseLength() != length) {
            throw new IllegalArgumentException("operation stands on a text of length " + operation.baseLength()
                + ", not " + length);
        }
    }
}
