package dev.heddle.testkit.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Thinks of things to do. Every piece of text it types carries a mark of its own, {@code ‹12 digits›}. */
final class Typist {

    private static final int PATHS = 4;
    private static final int LENGTH_MAX = 400;

    private final World world;

    Typist(World world) {
        this.world = world;
    }

    /** Unlike any other also where a part of it is cut out: what is left of two never makes a third. */
    private String mark() {
        return "‹" + world.dice.hex() + "›";
    }

    String path() {
        return "dir/f" + world.dice.below(PATHS);
    }

    /** {@return an edit of a text: an insertion, a deletion, or a few of both} */
    TextOperation edit(Text text) {
        int length = text.lengthCodePoints();
        List<Change> changes = new ArrayList<>();
        int at = 0;
        int count = world.dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            at += world.dice.below(length - at + 1);
            int delete = length > LENGTH_MAX ? length - at : world.dice.below(Math.min(6, length - at) + 1);
            changes.add(new Change(at, delete, world.dice.chance(700) || delete == 0 ? mark() : ""));
            at += delete;
        }
        return Changes.toOperation(changes, length);
    }

    /** {@return something else than an edit of an open file, in its JSON form} */
    ObjectNode treeChange(Collection<String> openFiles) {
        return OperationJson.json(operation(openFiles));
    }

    /** {@return something else than an edit of an open file} */
    Operation operation(Collection<String> openFiles) {
        int what = world.dice.below(100);
        if (what < 45 || openFiles.isEmpty()) {
            return new Operation.Create(path(), "", null);
        }
        FileReference file = FileReference.ofFile(world.dice.one(List.copyOf(openFiles)));
        if (what < 60) {
            return new Operation.Rename(file, path());
        } else if (what < 75) {
            return new Operation.Delete(file);
        } else if (what < 90) {
            return new Operation.Replace(file, new Anchor("›", mark(), Anchor.Occurrence.FIRST));
        }
        return new Operation.Noop();
    }

    /** {@return an operation that is not quite the one given} */
    static TextOperation garbled(TextOperation operation) {
        List<Change> changes = new ArrayList<>();
        for (Change change : Changes.toChanges(operation, null)) {
            changes.add(new Change(change.at(), change.delete(), change.insert().replace('1', '2')));
        }
        return Changes.toOperation(changes, operation.baseLength());
    }
}
