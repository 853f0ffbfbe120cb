package dev.heddle.gateway.rest;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.CodePoints;
import java.util.ArrayList;
import java.util.List;

/** Turns the changes of a committed edit round: what it put in is deleted, what it took out is put back. Pure. */
final class Inverse {

    private Inverse() {
    }

    /** {@return the changes that undo these, written against the text right after them} */
    static List<Change> of(List<Change> committed) {
        List<Change> inverse = new ArrayList<>(committed.size());
        int shift = 0;
        for (Change change : committed) {
            int inserted = CodePoints.count(change.insert());
            String deleted = change.deleted() == null ? "" : change.deleted();
            inverse.add(new Change(change.at() + shift, inserted, deleted));
            shift += inserted - change.delete();
        }
        return inverse;
    }
}
