package dev.heddle.testkit.chaos;

import java.util.List;

/** A text as a string of code points, changed the slow and obvious way. One thread. */
final class ModelText {

    private String text;

    ModelText(String text) {
        this.text = text;
    }

    /** Applies changes in positions of the text before all of them; each must remove what it says it removed. */
    void apply(List<dev.heddle.Change> changes) {
        StringBuilder result = new StringBuilder();
        int taken = 0;
        for (dev.heddle.Change change : changes) {
            int from = text.offsetByCodePoints(0, change.getAt());
            int to = text.offsetByCodePoints(from, change.getDelete());
            String removed = text.substring(from, to);
            if (!removed.equals(change.getDeleted())) {
                throw new AssertionError("change at " + change.getAt() + " says it removed '" + change.getDeleted()
                    + "', there was '" + removed + "'");
            }
            result.append(text, taken, from).append(change.getInsert());
            taken = to;
        }
        text = result.append(text.substring(taken)).toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
