package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.CodePoints;
import dev.heddle.engine.text.Component;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.List;

/**
 * One file's text with some operations taken back and all others kept.
 *
 * <p>It keeps a bridge from the text as it is to the text as it would be without the operations taken back. An
 * operation to take back puts its inverse in front of the bridge; any other operation is carried over the bridge and
 * the bridge over it. At the end the bridge is the edit that takes them back. One thread.
 */
final class FileUndo {

    private TextOperation bridge;

    /**
     * A file nothing was taken back of yet.
     *
     * @param lengthCodePoints its length, in code points
     */
    FileUndo(int lengthCodePoints) {
        bridge = TextOperation.noop(lengthCodePoints);
    }

    /** {@return what takes back everything so far, on the text as it is} */
    TextOperation bridge() {
        return bridge;
    }

    /** Takes an operation back: it is the newest so far. */
    void takeBack(List<Change> changes) {
        int length = bridge.baseLength()
            + changes.stream().mapToInt(change -> CodePoints.count(change.insert()) - change.delete()).sum();
        bridge = TextOperations.compose(Changes.toOperation(Undo.inverse(changes), length), bridge);
    }

    /**
     * Keeps an operation: it is the newest so far.
     *
     * @return whether it touched text that is taken back, so that some of it could not be taken back cleanly
     */
    boolean keep(List<Change> changes) {
        TextOperation kept = Changes.toOperation(changes, bridge.baseLength());
        if (kept.equals(bridge)) {
            // This very thing was taken back already: doing it twice would bring deleted text back twice.
            bridge = TextOperation.noop(kept.targetLength());
            return false;
        }
        boolean touched = touches(kept, bridge);
        bridge = TextOperations.transform(bridge, kept, Side.LEFT);
        return touched;
    }

    /** {@return whether an operation deletes, or writes strictly inside, text that another one deletes} */
    private static boolean touches(TextOperation kept, TextOperation bridge) {
        List<Component> removals = bridge.components();
        int position = 0;
        for (Component component : kept.components()) {
            switch (component.kind()) {
                case RETAIN -> position += component.length();
                case DELETE -> {
                    if (overlaps(removals, position, position + component.length())) {
                        return true;
                    }
                    position += component.length();
                }
                default -> {
                    if (position > 0 && overlaps(removals, position - 1, position)
                        && overlaps(removals, position, position + 1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean overlaps(List<Component> removals, int from, int to) {
        int position = 0;
        for (Component component : removals) {
            if (component.kind() == Component.Kind.INSERT) {
                continue;
            }
            int end = position + component.length();
            if (component.kind() == Component.Kind.DELETE && position < to && from < end) {
                return true;
            }
            position = end;
        }
        return false;
    }
}
