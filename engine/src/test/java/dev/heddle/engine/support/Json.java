package dev.heddle.engine.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small JSON reader for test data: objects as maps, arrays as lists, numbers as long or double. */
public final class Json {

    private final String text;
    private int index;

    private Json(String text) {
        this.text = text;
    }

    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.index != text.length()) {
            throw new IllegalArgumentException("text after the value at " + json.index);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    public static int integer(Object value) {
        return Math.toIntExact((Long) value);
    }

    private void space() {
        while (index < text.length() && text.charAt(index) <= ' ') {
            index++;
        }
    }

    private Object value() {
        space();
        char first = text.charAt(index);
        switch (first) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            default:
                int start = index;
                while (index < text.length() && ",]} \n\r\t".indexOf(text.charAt(index)) < 0) {
                    index++;
                }
                return literal(text.substring(start, index));
        }
    }

    private static Object literal(String literal) {
        switch (literal) {
            case "null":
                return null;
            case "true":
                return Boolean.TRUE;
            case "false":
                return Boolean.FALSE;
            default:
                return literal.matches("-?[0-9]+") ? (Object) Long.valueOf(literal) : (Object) Double.valueOf(literal);
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        index++;
        space();
        while (text.charAt(index) != '}') {
            space();
            String name = string();
            space();
            expect(':');
            object.put(name, value());
            separator('}');
        }
        index++;
        return object;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        index++;
        space();
        while (text.charAt(index) != ']') {
            list.add(value());
            separator(']');
        }
        index++;
        return list;
    }

    private void separator(char end) {
        space();
        if (text.charAt(index) != end) {
            expect(',');
            space();
        }
    }

    private void expect(char expected) {
        if (text.charAt(index) != expected) {
            throw new IllegalArgumentException(text.charAt(index) + " at " + index + " (expected: " + expected + ")");
        }
        index++;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (text.charAt(index) != '"') {
            char unit = text.charAt(index++);
            if (unit != '\\') {
                out.append(unit);
                continue;
            }
            char escape = text.charAt(index++);
            if (escape == 'u') {
                out.append((char) Integer.parseInt(text.substring(index, index + 4), 16));
                index += 4;
            } else {
                int known = "nrtbf".indexOf(escape);
                out.append(known < 0 ? escape : "\n\r\t\b\f".charAt(known));
            }
        }
        index++;
        return out.toString();
    }
}
