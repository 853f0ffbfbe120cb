package dev.heddle.teststack;

import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A real editing history of one text that starts empty. Positions and lengths are in code points.
 *
 * @param name         the file name without its suffix
 * @param transactions what was typed, one after the other
 * @param endContent   the text they end in
 */
public record Trace(String name, List<Transaction> transactions, String endContent) {

    /** Copies the list. */
    public Trace {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endContent, "endContent");
        transactions = List.copyOf(transactions);
    }

    /**
     * {@return the first part of this history; its end content is computed by applying it}
     *
     * @param count number of transactions
     */
    public Trace first(int count) {
        List<Transaction> part = transactions.subList(0, Math.min(count, transactions.size()));
        int[] text = {};
        for (Transaction transaction : part) {
            for (Patch patch : transaction.patches()) {
                text = patch.apply(text);
            }
        }
        return new Trace(name, part, new String(text, 0, text.length));
    }

    /**
     * Edits that were made at once.
     *
     * @param patches in the order they apply, each at a position in the text as the ones before left it
     */
    public record Transaction(List<Patch> patches) {

        /** Copies the list. */
        public Transaction {
            patches = List.copyOf(patches);
        }

        /**
         * {@return the same as one list of changes: ascending, all positions in the text before the transaction}
         *
         * <p>The histories at hand list the patches of a transaction from the end of the text to its beginning and
         * without overlap, so turning the list round is all there is to do; anything else is refused.
         */
        public List<Change> changes() {
            List<Change> changes = new ArrayList<>();
            int end = -1;
            for (int i = patches.size() - 1; i >= 0; i--) {
                Patch patch = patches.get(i);
                if (patch.at() < end) {
                    throw new IllegalStateException("patches overlap or ascend at position " + patch.at());
                }
                changes.add(new Change(patch.at(), patch.delete(), patch.insert()));
                end = patch.at() + patch.delete();
            }
            return changes;
        }
    }

    /**
     * A splice.
     *
     * @param at     position in code points
     * @param delete number of code points removed
     * @param insert text put there
     */
    public record Patch(int at, int delete, String insert) {

        int[] apply(int[] text) {
            int[] inserted = insert.codePoints().toArray();
            int[] result = new int[text.length - delete + inserted.length];
            System.arraycopy(text, 0, result, 0, at);
            System.arraycopy(inserted, 0, result, at, inserted.length);
            System.arraycopy(text, at + delete, result, at + inserted.length, text.length - at - delete);
            return result;
        }
    }
}
