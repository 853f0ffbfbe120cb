package dev.heddle.editing;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.algorithm.myers.MyersDiff;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Looks for the shortest difference of sequences (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) and
 * gives up where that would cost more than it may: what it costs grows with the differences, not only with the lengths,
 * so a bound on lengths alone would refuse long sequences that hardly differ and let short, wholly different ones run.
 * One bound holds for all comparisons of an instance together. One thread.
 */
final class Comparison {

    /**
     * A run that differs.
     *
     * @param from    where it begins in the first sequence
     * @param fromEnd where it ends there, exclusive
     * @param to      where it begins in the second sequence
     * @param toEnd   where it ends there, exclusive
     */
    record Run(int from, int fromEnd, int to, int toEnd) {

        /** {@return how many elements it has in both sequences together} */
        int size() {
            return fromEnd - from + toEnd - to;
        }

        /** {@return whether elements are only deleted or only inserted, so that nothing is left to compare} */
        boolean oneSided() {
            return from == fromEnd || to == toEnd;
        }

        /** {@return the same run in longer sequences of which the ones compared are parts} */
        Run shifted(int fromBy, int toBy) {
            return new Run(from + fromBy, fromEnd + fromBy, to + toBy, toEnd + toBy);
        }
    }

    /** Ends a search from within the library; it carries nothing and is never seen outside. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("too different", null, false, false);
        }
    }

    /** Numbers as a list, without a box for each that is held. */
    private static final class Numbers extends AbstractList<Integer> implements RandomAccess {
        private final int[] values;

        Numbers(int[] values) {
            this.values = values;
        }

        @Override
        public Integer get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    private final long stepsMax;
    private long steps;

    /**
     * A bound that nothing has been spent of.
     *
     * @param stepsMax how many steps may be taken: elements compared, and ends of paths moved on
     */
    Comparison(long stepsMax) {
        this.stepsMax = stepsMax;
    }

    /** {@return the steps taken so far; at most one more than may be taken} */
    long steps() {
        return steps;
    }

    /**
     * {@return the runs that differ, in order; nothing where looking for them was given up}
     *
     * @param from           the first sequence
     * @param to             the second sequence
     * @param differencesMax how many elements, deleted and inserted ones together, may differ; what is held while they
     *                       are looked for grows with its square
     */
    Optional<List<Run>> runs(int[] from, int[] to, int differencesMax) {
        try {
            List<Change> changes = new MyersDiff<Integer>(this::equal).computeDiff(new Numbers(from), new Numbers(to),
                new Watch(differencesMax));
            // The library follows the path it found from its end.
            return Optional.of(changes.stream().map(change -> new Run(change.startOriginal, change.endOriginal,
                change.startRevised, change.endRevised)).sorted(Comparator.comparingInt(Run::from)).toList());
        } catch (GivenUp tooDifferent) {
            return Optional.empty();
        }
    }

    private boolean equal(Integer one, Integer other) {
        spend(1);
        return one.intValue() == other.intValue();
    }

    private void spend(long more) {
        if (steps + more > stepsMax) {
            steps = stepsMax;
            throw new GivenUp();
        }
        steps += more;
    }

    /** Is told by the library before it looks for paths with one difference more. */
    private final class Watch implements DiffAlgorithmListener {
        private final int differencesMax;

        Watch(int differencesMax) {
            this.differencesMax = differencesMax;
        }

        @Override
        public void diffStart() {
            // Only the steps count.
        }

        @Override
        public void diffStep(int differences, int max) {
            if (differences > differencesMax) {
                throw new GivenUp();
            }
            spend(differences + 1L);
        }

        @Override
        public void diffEnd() {
            // Only the steps count.
        }
    }
}
