package dev.heddle.cli.verify;

import java.util.Arrays;

/** Ascending whole numbers, eight bytes each. One thread. */
final class LongList {

    private long[] values = new long[1_024];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    /** {@return the index of a value, from 0; negative where it is not there} */
    int indexOf(long value) {
        return Arrays.binarySearch(values, 0, size, value);
    }
}
