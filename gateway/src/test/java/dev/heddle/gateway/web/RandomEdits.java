package dev.heddle.gateway.web;

import dev.heddle.engine.text.Component;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random texts and operations over a small alphabet with emoji, combining marks and every kind of line ending. */
final class RandomEdits {

    private static final String[] ALPHABET =
        {"a", "b", "c", "\n", "\r\n", "\r", "é", "e\u0301", "😀", "🚀", "👩‍👩‍👧", "漢", "\t", "\u2028", "\"", "\\"};

    private final Random random;

    RandomEdits(Random random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text(int partsMax) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(partsMax + 1); parts > 0; parts--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    TextOperation operation(int baseLength) {
        TextOperation.Builder operation = TextOperation.on(baseLength);
        int left = baseLength;
        for (int steps = random.nextInt(7); steps > 0; steps--) {
            int length = Math.min(left, random.nextInt(4));
            switch (random.nextInt(3)) {
                case 0 -> operation.retain(length);
                case 1 -> operation.delete(length);
                default -> {
                    operation.insert(text(3));
                    length = 0;
                }
            }
            left -= length;
        }
        return operation.build();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The form in which the driver reads an operation. */
    static String json(TextOperation operation) {
        List<String> components = new ArrayList<>();
        for (Component component : operation.components()) {
            components.add(switch (component.kind()) {
                case RETAIN -> String.valueOf(component.length());
                case DELETE -> String.valueOf(-component.length());
                case INSERT -> quoted(component.text());
            });
        }
        return "{\"base\":" + operation.baseLength() + ",\"components\":[" + String.join(",", components) + "]}";
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            out.append(unit < ' ' || unit == '"' || unit == '\\' ? String.format("\\u%04x", (int) unit) : unit);
        }
        return out.append('"').toString();
    }
}
