package dev.heddle.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.Fields;
import java.util.Iterator;
import java.util.Set;

/** Single fields of a JSON object, with errors that name them. */
final class JsonFields {

    private static final int SHOWN_CHARS = 80;

    private JsonFields() {
    }

    /** {@return the node, which is an object without any field but those allowed} */
    static JsonNode object(String name, JsonNode node, Set<String> allowed) {
        if (node == null || !node.isObject()) {
            throw Fields.bad(name, shown(node), "an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String field = names.next();
            if (!allowed.contains(field)) {
                throw Fields.bad(name, "field " + field, "no fields but "
                    + String.join(", ", allowed.stream().sorted().toList()));
            }
        }
        return node;
    }

    /** {@return the text of a field that must be there} */
    static String text(String name, JsonNode value) {
        String text = optionalText(name, value);
        if (text == null) {
            throw Fields.bad(name, "absent", "a text");
        }
        return text;
    }

    /** {@return the text of a field, or null where it is absent or null} */
    static String optionalText(String name, JsonNode value) {
        if (absent(value)) {
            return null;
        }
        if (!value.isTextual()) {
            throw Fields.bad(name, shown(value), "a text");
        }
        return wellFormed(name, value.textValue());
    }

    /** {@return the number of a field that must be there} */
    static long number(String name, JsonNode value) {
        Long number = optionalNumber(name, value);
        if (number == null) {
            throw Fields.bad(name, "absent", "a whole number");
        }
        return number;
    }

    /** {@return the number of a field, or null where it is absent or null} */
    static Long optionalNumber(String name, JsonNode value) {
        if (absent(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Fields.bad(name, shown(value), "a whole number of 64 bits");
        }
        return value.longValue();
    }

    /** {@return the small number of a field, or the default where it is absent and there is one} */
    static int integer(String name, JsonNode value, Integer byDefault) {
        if (absent(value) && byDefault != null) {
            return byDefault;
        }
        long number = number(name, value);
        if (number != (int) number) {
            throw Fields.bad(name, number, "a whole number of 32 bits");
        }
        return (int) number;
    }

    /** {@return whether a field is not there or null} */
    static boolean absent(JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode();
    }

    private static String wellFormed(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (Character.isLowSurrogate(unit) || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1))) {
                throw new CodecException(RejectionCode.TEXT_MALFORMED, name + ": lone surrogate at position "
                    + text.codePointCount(0, i) + " (expected: well-formed Unicode)");
            }
            i++;
        }
        return text;
    }

    /** {@return a short form of a node, for errors} */
    static String shown(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "absent";
        }
        if (node.isContainerNode()) {
            return node.isArray() ? "a list" : "an object";
        }
        String text = node.toString();
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
