package dev.heddle.engine.text;

/** Walks an operation change by change: at a position, a delete, then an insert. For one walk. */
final class ChangeCursor {

    private final int[] components;
    private final String inserted;
    private int index;
    private int textIndex;
    private int growth;
    private int reach;
    /** Position of the change in the base text. */
    int at;
    /** Position of the change in the text as the changes before it left it. */
    int targetAt;
    /** How many code points it takes out. */
    int delete;
    /** What it puts in, in code points. */
    int insertLength;

    ChangeCursor(TextOperation operation) {
        components = operation.skeleton().components;
        inserted = operation.inserted();
    }

    /** Goes on to the next change; false where there is none. */
    boolean next() {
        if (index == components.length) {
            return false;
        }
        growth += insertLength - delete;
        at = reach + take(ComponentBuffer.RETAIN);
        targetAt = at + growth;
        delete = take(ComponentBuffer.DELETE);
        insertLength = take(ComponentBuffer.INSERT);
        reach = at + delete;
        return true;
    }

    /** Length of the next component if it is of a kind, which it is then past; otherwise 0. */
    private int take(int kind) {
        boolean found = index < components.length && ComponentBuffer.kind(components[index]) == kind;
        return found ? ComponentBuffer.length(components[index++]) : 0;
    }

    /** What the change puts in; to be asked once for each change. */
    String insert() {
        int start = textIndex;
        if (insertLength == inserted.length()) {
            return inserted;
        }
        textIndex = inserted.offsetByCodePoints(start, insertLength);
        return inserted.substring(start, textIndex);
    }
}
