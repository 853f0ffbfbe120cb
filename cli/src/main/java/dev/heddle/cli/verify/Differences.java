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
                all.add(field.getName() + told(String.valueOf(a), String.valueOf(b)));
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

    private static String told(String said, String proven) {
        int from = from(said, proven);
        return " is " + shown(said, from) + " (the raw log proves: " + shown(proven, from) + ")";
    }

    /** Where to begin showing two long values, so that where they differ is seen. */
    private static int from(String said, String proven) {
        if (Math.max(said.length(), proven.length()) <= MAX_SHOWN) {
            return 0;
        }
        int same = 0;
        while (same < Math.min(said.length(), proven.length()) && said.charAt(same) == proven.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - MAX_SHOWN / 2);
        return from > 0 && Character.isLowSurrogate(said.charAt(from)) ? from - 1 : from;
    }

    private static String shown(String value, int from) {
        int to = Math.min(value.length(), from + MAX_SHOWN);
        return (from > 0 ? "…" : "") + value.substring(from, to).replace("\n", "\\n")
            + (to < value.length() ? "…" : "");
    }
}
