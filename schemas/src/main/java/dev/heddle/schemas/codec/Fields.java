package dev.heddle.schemas.codec;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;

/**
 * The rules that single fields of operations obey, whatever they were read from. Each check returns its value or
 * throws a {@link CodecException} that names the field, the value and the rule.
 */
public final class Fields {

    private static final String UUID_FORM = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    private static final int SHOWN_CHARS = 80;

    private Fields() {
    }

    /**
     * {@return the value, which is not null}
     *
     * @param name  the field's name
     * @param value the field's value
     * @param <T>   its type
     */
    public static <T> T present(String name, T value) {
        if (value == null) {
            throw bad(name, null, "a value");
        }
        return value;
    }

    /**
     * {@return the value, which is at least the least}
     *
     * @param name  the field's name
     * @param value the field's value
     * @param least the smallest allowed
     */
    public static long atLeast(String name, long value, long least) {
        if (value < least) {
            throw bad(name, value, "at least " + least);
        }
        return value;
    }

    /**
     * {@return the session, which is the text of a UUID: 36 characters, hyphens where RFC 9562 puts them}
     *
     * @param session the field's value
     */
    public static String session(String session) {
        if (session == null || !isUuid(session)) {
            throw bad("session", session, "a UUID such as 123e4567-e89b-12d3-a456-426614174000");
        }
        return session;
    }

    private static boolean isUuid(String text) {
        boolean fits = text.length() == UUID_FORM.length();
        for (int index = 0; fits && index < text.length(); index++) {
            char unit = text.charAt(index);
            fits = UUID_FORM.charAt(index) == '-' ? unit == '-'
                : unit >= '0' && unit <= '9' || unit >= 'a' && unit <= 'f' || unit >= 'A' && unit <= 'F';
        }
        return fits;
    }

    /**
     * {@return the seq that the operation also stands on, or null}
     *
     * @param after the field's value, or null
     */
    public static Long after(Long after) {
        if (after != null) {
            atLeast("after", after, 1);
        }
        return after;
    }

    /**
     * {@return a reference to a file, by exactly one of id and path}
     *
     * @param file the id, or null
     * @param path the path, or null
     */
    public static FileReference target(String file, String path) {
        if (file == null && path == null) {
            throw new CodecException(RejectionCode.BAD_REQUEST,
                "file and path: both absent (expected: exactly one of them)");
        }
        if (file != null && path != null) {
            throw new CodecException(RejectionCode.BAD_REQUEST, "file and path: both present, " + shown(file) + " and "
                + shown(path) + " (expected: exactly one of them)");
        }
        return new FileReference(file, path);
    }

    /**
     * {@return an error that names the field, the value and the rule}
     *
     * @param name     the field's name
     * @param value    its value, shortened where long
     * @param expected the rule
     */
    public static CodecException bad(String name, Object value, String expected) {
        return new CodecException(RejectionCode.BAD_REQUEST,
            name + ": " + shown(value) + " (expected: " + expected + ")");
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        if (text.length() <= SHOWN_CHARS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARS / 2)) + "… of length " + text.length();
    }
}
