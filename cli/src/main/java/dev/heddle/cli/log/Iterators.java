package dev.heddle.cli.log;

import java.util.ArrayDeque;
import java.util.Iterator;

/** What the JDK has for streams and not for iterators, whose reading can wait for ever. */
final class Iterators {

    private Iterators() {
    }

    /** {@return all of one, then all of the other, which is not asked before} */
    static <T> Iterator<T> concat(Iterator<T> first, Iterator<T> second) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || second.hasNext();
            }

            @Override
            public T next() {
                return first.hasNext() ? first.next() : second.next();
            }
        };
    }

    /** {@return the last ones, so many at the most, after reading all} */
    static <T> Iterator<T> last(Iterator<T> all, long count) {
        ArrayDeque<T> last = new ArrayDeque<>();
        while (all.hasNext()) {
            last.addLast(all.next());
            if (last.size() > count) {
                last.removeFirst();
            }
        }
        return last.iterator();
    }
}
