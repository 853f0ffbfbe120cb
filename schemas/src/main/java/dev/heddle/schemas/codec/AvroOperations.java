package dev.heddle.schemas.codec;

import static dev.heddle.schemas.codec.Fields.present;

import dev.heddle.Change;
import dev.heddle.Create;
import dev.heddle.Delete;
import dev.heddle.Edit;
import dev.heddle.Noop;
import dev.heddle.Occurrence;
import dev.heddle.Rename;
import dev.heddle.Replace;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.List;

/** The branches of the union {@code op} and the engine's operations, without judging where they may stand. */
final class AvroOperations {

    private AvroOperations() {
    }

    /**
     * {@return the operation in a field {@code op}}
     *
     * @param op a record of the union
     * @throws CodecException where it is not one, or not of the right form
     */
    static Operation toEngine(Object op) {
        if (op instanceof Edit edit) {
            return new Operation.Edit(Fields.target(edit.getFile(), edit.getPath()),
                changesToEngine(present("changes", edit.getChanges())), anchorToEngine(edit.getAnchor()));
        }
        if (op instanceof Replace replace) {
            return new Operation.Replace(Fields.target(replace.getFile(), replace.getPath()),
                new Anchor(present("find", replace.getFind()), present("with", replace.getWith()),
                    occurrenceToEngine(replace.getOccurrence())));
        }
        if (op instanceof Create create) {
            return new Operation.Create(present("path", create.getPath()), present("text", create.getText()),
                create.getFile());
        }
        if (op instanceof Rename rename) {
            return new Operation.Rename(Fields.target(rename.getFile(), rename.getPath()),
                present("to", rename.getTo()));
        }
        if (op instanceof Delete delete) {
            return new Operation.Delete(Fields.target(delete.getFile(), delete.getPath()));
        }
        if (op instanceof Noop) {
            return new Operation.Noop();
        }
        throw Fields.bad("op", op == null ? null : op.getClass().getSimpleName(),
            "Edit, Replace, Create, Rename, Delete or Noop");
    }

    /**
     * {@return the record of the union for an operation}
     *
     * @param operation any operation
     */
    static Object toAvro(Operation operation) {
        if (operation instanceof Operation.Edit edit) {
            return new Edit(edit.target().file(), edit.target().path(), changesToAvro(edit.changes()),
                anchorToAvro(edit.anchor()));
        }
        if (operation instanceof Operation.Replace replace) {
            Anchor anchor = replace.anchor();
            return new Replace(replace.target().file(), replace.target().path(), anchor.find(), anchor.with(),
                occurrenceToAvro(anchor.occurrence()));
        }
        if (operation instanceof Operation.Create create) {
            return new Create(create.path(), create.text(), create.file());
        }
        if (operation instanceof Operation.Rename rename) {
            return new Rename(rename.target().file(), rename.target().path(), rename.to());
        }
        if (operation instanceof Operation.Delete delete) {
            return new Delete(delete.target().file(), delete.target().path());
        }
        if (operation instanceof Operation.Noop) {
            return new Noop();
        }
        throw Fields.bad("op", operation, "an operation");
    }

    private static List<dev.heddle.engine.text.Change> changesToEngine(List<Change> changes) {
        List<dev.heddle.engine.text.Change> result = new ArrayList<>(changes.size());
        for (Change change : changes) {
            present("changes", change);
            result.add(new dev.heddle.engine.text.Change(change.getAt(), change.getDelete(),
                present("insert", change.getInsert()), change.getDeleted()));
        }
        return result;
    }

    private static List<Change> changesToAvro(List<dev.heddle.engine.text.Change> changes) {
        List<Change> result = new ArrayList<>(changes.size());
        for (dev.heddle.engine.text.Change change : changes) {
            result.add(new Change(change.at(), change.delete(), change.insert(), change.deleted()));
        }
        return result;
    }

    private static Anchor anchorToEngine(dev.heddle.Anchor anchor) {
        return anchor == null ? null : new Anchor(present("anchor.find", anchor.getFind()),
            present("anchor.with", anchor.getWith()), occurrenceToEngine(anchor.getOccurrence()));
    }

    private static dev.heddle.Anchor anchorToAvro(Anchor anchor) {
        return anchor == null ? null
            : new dev.heddle.Anchor(anchor.find(), anchor.with(), occurrenceToAvro(anchor.occurrence()));
    }

    private static Anchor.Occurrence occurrenceToEngine(Occurrence occurrence) {
        return switch (present("occurrence", occurrence)) {
            case only -> Anchor.Occurrence.ONLY;
            case first -> Anchor.Occurrence.FIRST;
            case all -> Anchor.Occurrence.ALL;
        };
    }

    private static Occurrence occurrenceToAvro(Anchor.Occurrence occurrence) {
        return switch (occurrence) {
            case ONLY -> Occurrence.only;
            case FIRST -> Occurrence.first;
            case ALL -> Occurrence.all;
        };
    }
}
