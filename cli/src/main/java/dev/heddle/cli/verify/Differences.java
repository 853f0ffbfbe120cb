package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.CanonicalOperation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Names the fields in which two canonical operations differ. Pure. */
final class Differences {

    private static final int MAX_SHOWN = 80;

    private Differences() {
    }

    /** {@return what differs, such as {@code author is "bob" (proven: "ann")}; empty where nothing does} */
    static String between(CanonicalOperation said, CanonicalOperation proven) {
        List<String> all = new ArrayList<>();
        for (RecordComponent field : CanonicalOperation.class.getRecordComponents()) {
            Object a = value(field, said);
            Object b = value(field, proven);
            if (!Objects.equals(a, b)) {
                all.add(field.getName() + " is " + shown(a) + " (the raw log proves: " + shown(b) + ")");
            }
        }
        return String.join("; ", all);
    }

    private static Object value(RecordComponent field, CanonicalOperation operation) {
        try {
            return field.getAccessor().invoke(operation);
        } catch (IllegalAccessException | InvocationTargetException error) {
            throw new IllegalStateException("field " + field.getName() + " of a public record", error);
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value).replace("\n", "\\n");
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
