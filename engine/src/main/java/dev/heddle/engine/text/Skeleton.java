package dev.heddle.engine.text;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A text operation without its inserted texts: all that another operation needs to be brought over it.
 *
 * <p>Immutable and always in canonical form: no two neighbours of one kind, no trailing retain, order of inserts and
 * deletes kept. Lengths are in code points.
 */
public final class Skeleton {

    private static final int[] NOTHING = {};

    final int[] components;
    private final int baseLength;
    private final int targetLength;

    Skeleton(int baseLength, int targetLength, int[] components) {
        this.baseLength = baseLength;
        this.targetLength = targetLength;
        this.components = components;
    }

    /**
     * {@return the operation that changes nothing}
     *
     * @param length length of the text before and after it, in code points
     */
    public static Skeleton noop(int length) {
        return new Skeleton(length, length, NOTHING);
    }

    /** One change: at a position, a delete, then an insert; all within a text of the base length. */
    static Skeleton ofChange(int at, int delete, int insert, int baseLength) {
        ComponentBuffer.requireLength(baseLength);
        int changed = (delete > 0 ? 1 : 0) + (insert > 0 ? 1 : 0);
        if (changed == 0) {
            return noop(baseLength);
        }
        int[] components = new int[changed + (at > 0 ? 1 : 0)];
        int count = 0;
        if (at > 0) {
            components[count++] = ComponentBuffer.component(ComponentBuffer.RETAIN, at);
        }
        if (delete > 0) {
            components[count++] = ComponentBuffer.component(ComponentBuffer.DELETE, delete);
        }
        if (insert > 0) {
            components[count] = ComponentBuffer.component(ComponentBuffer.INSERT, insert);
        }
        return new Skeleton(baseLength, ComponentBuffer.targetLength(baseLength, delete, insert), components);
    }

    /** {@return length of the text it stands on, in code points} */
    public int baseLength() {
        return baseLength;
    }

    /** {@return length of the text it leads to, in code points} */
    public int targetLength() {
        return targetLength;
    }

    /** {@return number of components} */
    public int size() {
        return components.length;
    }

    /** {@return whether it changes nothing} */
    public boolean isNoop() {
        return components.length == 0;
    }

    /** Whether it is one change: at a position, a delete, an insert, or both in this order. */
    boolean isOneChange() {
        int start = startsLater() ? 1 : 0;
        int rest = components.length - start;
        return rest == 1 || rest == 2 && ComponentBuffer.kind(components[start]) == ComponentBuffer.DELETE;
    }

    private boolean startsLater() {
        return components.length > 0 && ComponentBuffer.kind(components[0]) == ComponentBuffer.RETAIN;
    }

    /** Position of the first change, in code points of the base. */
    int firstChangeAt() {
        return startsLater() ? ComponentBuffer.length(components[0]) : 0;
    }

    /** {@return total length of the inserted texts, in code points} */
    public int insertedLength() {
        return sum(ComponentBuffer.INSERT);
    }

    /** {@return total number of code points taken out} */
    public int deletedLength() {
        return sum(ComponentBuffer.DELETE);
    }

    private int sum(int kind) {
        int sum = 0;
        for (int component : components) {
            sum += ComponentBuffer.kind(component) == kind ? ComponentBuffer.length(component) : 0;
        }
        return sum;
    }

    /**
     * {@return the engine's own encoding: base length, number of components, then for each its length times four plus
     * 0 for retain, 1 for insert, 2 for delete; all 32-bit big endian}
     */
    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * (2 + components.length));
        buffer.putInt(baseLength).putInt(components.length);
        for (int component : components) {
            buffer.putInt(component);
        }
        return buffer.array();
    }

    /**
     * {@return what {@link #toBytes()} encoded}
     *
     * @param bytes the encoding, in full
     * @throws IllegalArgumentException if the bytes are not such an encoding
     */
    public static Skeleton ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < 2 * Integer.BYTES) {
            throw new IllegalArgumentException("skeleton: " + bytes.length + " bytes (expected: at least 8)");
        }
        int baseLength = buffer.getInt();
        int count = buffer.getInt();
        if (baseLength < 0 || buffer.remaining() != (long) count * Integer.BYTES) {
            throw new IllegalArgumentException("skeleton: base length " + baseLength + ", " + count
                + " components in " + bytes.length + " bytes");
        }
        try {
            return read(buffer, baseLength, count);
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("skeleton: " + tooLong.getMessage(), tooLong);
        }
    }

    private static Skeleton read(ByteBuffer buffer, int baseLength, int count) {
        ComponentBuffer components = new ComponentBuffer(count);
        long reach = 0;
        for (int index = 0; index < count; index++) {
            int component = buffer.getInt();
            int length = ComponentBuffer.length(component);
            switch (ComponentBuffer.kind(component)) {
                case ComponentBuffer.RETAIN -> components.retain(length);
                case ComponentBuffer.INSERT -> components.insert(length);
                case ComponentBuffer.DELETE -> components.delete(length);
                default -> throw new IllegalArgumentException("skeleton: component " + component);
            }
            reach += ComponentBuffer.kind(component) == ComponentBuffer.INSERT ? 0 : length;
        }
        if (reach > baseLength) {
            throw new IllegalArgumentException("skeleton reaches to " + reach + " of " + baseLength);
        }
        return components.toSkeleton(baseLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Skeleton that && baseLength == that.baseLength
            && Arrays.equals(components, that.components);
    }

    @Override
    public int hashCode() {
        return 31 * baseLength + Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(baseLength).append("->").append(targetLength).append(" [");
        for (int index = 0; index < components.length; index++) {
            out.append(index == 0 ? "" : " ").append("RID".charAt(ComponentBuffer.kind(components[index])))
                .append(ComponentBuffer.length(components[index]));
        }
        return out.append(']').toString();
    }
}
