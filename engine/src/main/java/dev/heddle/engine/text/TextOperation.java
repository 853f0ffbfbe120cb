package dev.heddle.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One atomic edit of a text: retain, insert and delete components over code points.
 *
 * <p>Immutable and always in canonical form: no two neighbours of one kind, no trailing retain (what is left of the
 * text is retained), order of inserts and deletes kept. A delete carries no text.
 */
public final class TextOperation {

    private final Skeleton skeleton;
    private final String inserted;

    TextOperation(Skeleton skeleton, String inserted) {
        this.skeleton = skeleton;
        this.inserted = inserted;
    }

    /**
     * {@return the operation that changes nothing}
     *
     * @param length length of the text it stands on, in code points
     */
    public static TextOperation noop(int length) {
        return new TextOperation(Skeleton.noop(length), "");
    }

    /**
     * {@return a builder of an operation}
     *
     * @param baseLength length of the text it stands on, in code points
     */
    public static Builder on(int baseLength) {
        return new Builder(baseLength);
    }

    /** One change whose range and text were checked; the same as a builder gives, without its detours. */
    static TextOperation ofChange(int at, int delete, String insert, int baseLength) {
        return new TextOperation(Skeleton.ofChange(at, delete, CodePoints.count(insert), baseLength), insert);
    }

    /**
     * {@return this operation as its lengths became when they were brought over others'}
     *
     * @param moved what {@link Skeletons#transform} made of its {@link #skeleton()}
     * @throws IllegalArgumentException if the two do not insert the same number of code points
     */
    public TextOperation moved(Skeleton moved) {
        if (moved.insertedLength() != skeleton.insertedLength()) {
            throw new IllegalArgumentException("moved operation inserts " + moved.insertedLength()
                + " code points (expected: " + skeleton.insertedLength() + ")");
        }
        return new TextOperation(moved, inserted);
    }

    /** {@return its lengths without its texts} */
    public Skeleton skeleton() {
        return skeleton;
    }

    /** {@return length of the text it stands on, in code points} */
    public int baseLength() {
        return skeleton.baseLength();
    }

    /** {@return length of the text it leads to, in code points} */
    public int targetLength() {
        return skeleton.targetLength();
    }

    /** {@return whether it changes nothing} */
    public boolean isNoop() {
        return skeleton.isNoop();
    }

    /** {@return all inserted texts, one after another} */
    public String inserted() {
        return inserted;
    }

    /** {@return its components in order} */
    public List<Component> components() {
        List<Component> components = new ArrayList<>(skeleton.size());
        int index = 0;
        for (int packed : skeleton.components) {
            int length = ComponentBuffer.length(packed);
            switch (ComponentBuffer.kind(packed)) {
                case ComponentBuffer.RETAIN -> components.add(new Component(Component.Kind.RETAIN, length, null));
                case ComponentBuffer.DELETE -> components.add(new Component(Component.Kind.DELETE, length, null));
                default -> {
                    int end = inserted.offsetByCodePoints(index, length);
                    components.add(new Component(Component.Kind.INSERT, length, inserted.substring(index, end)));
                    index = end;
                }
            }
        }
        return List.copyOf(components);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextOperation that && skeleton.equals(that.skeleton) && inserted.equals(that.inserted);
    }

    @Override
    public int hashCode() {
        return 31 * skeleton.hashCode() + inserted.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(baseLength()).append("->").append(targetLength()).append(" [");
        String separator = "";
        for (Component component : components()) {
            out.append(separator).append(component.kind().name().charAt(0));
            out.append(component.text() == null ? component.length() : "\"" + component.text() + "\"");
            separator = " ";
        }
        return out.append(']').toString();
    }

    /** Builds an operation component by component, bringing it to canonical form. For one thread and one operation. */
    public static final class Builder {

        private final int baseLength;
        private final ComponentBuffer components = new ComponentBuffer(4);
        private String single = "";
        private StringBuilder inserted;
        private int reach;

        private Builder(int baseLength) {
            this.baseLength = ComponentBuffer.requireLength(baseLength);
        }

        /**
         * Keeps code points.
         *
         * @param length how many, 0 for nothing
         * @return this
         */
        public Builder retain(int length) {
            advance(length);
            components.retain(length);
            return this;
        }

        /**
         * Takes code points out.
         *
         * @param length how many, 0 for nothing
         * @return this
         */
        public Builder delete(int length) {
            advance(length);
            components.delete(length);
            return this;
        }

        /**
         * Puts text in.
         *
         * @param text the text, well-formed, never null, may be empty
         * @return this
         * @throws dev.heddle.engine.RejectionException {@code TEXT_MALFORMED} if a surrogate is alone
         */
        public Builder insert(String text) {
            CodePoints.requireWellFormed(Objects.requireNonNull(text, "text"), "inserted text");
            return insertChecked(text);
        }

        /** Puts text in that is known to be well-formed. */
        Builder insertChecked(String text) {
            if (!text.isEmpty()) {
                components.insert(CodePoints.count(text));
                append(text);
            }
            return this;
        }

        private void append(String text) {
            if (inserted != null) {
                inserted.append(text);
            } else if (single.isEmpty()) {
                single = text;
            } else {
                inserted = new StringBuilder(single).append(text);
            }
        }

        private void advance(int length) {
            if (length < 0 || length > baseLength - reach) {
                throw new IllegalArgumentException("length " + length + " at position " + reach + " of text of length "
                    + baseLength);
            }
            reach += length;
        }

        /** {@return the operation} */
        public TextOperation build() {
            String text = inserted == null ? single : inserted.toString();
            return new TextOperation(components.toSkeleton(baseLength), text);
        }
    }
}
