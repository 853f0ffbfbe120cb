package dev.heddle.engine.support;

import dev.heddle.engine.text.TextOperation;
import java.util.List;

/** Random texts and operations over an alphabet with emoji and combining marks. */
public final class Texts {

    /** Few letters, so that equal neighbours are common; astral ones and a combining mark among them. */
    public static final List<String> ALPHABET = List.of("a", "b", "c", "\n", "é", "\u0301", "😀", "🚀", "𝒳");

    /** An operation and, worked out on its own, the text it must lead to. */
    public record Edit(TextOperation operation, String target) {
    }

    private Texts() {
    }

    public static String text(Choices choices, int lengthMax) {
        StringBuilder out = new StringBuilder();
        for (int left = choices.below(lengthMax + 1); left > 0; left--) {
            out.append(choices.of(ALPHABET));
        }
        return out.toString();
    }

    /** An edit of any shape; the longer the text, the more it deletes. */
    public static Edit edit(Choices choices, String base) {
        int[] points = base.codePoints().toArray();
        TextOperation.Builder operation = TextOperation.on(points.length);
        StringBuilder target = new StringBuilder();
        int deletes = points.length > 12 ? 3 : 1;
        int position = 0;
        for (int step = choices.below(7); step > 0; step--) {
            int kind = choices.below(3 + deletes);
            int length = Math.min(1 + choices.below(4), points.length - position);
            if (kind == 0) {
                operation.retain(length);
                target.append(new String(points, position, length));
                position += length;
            } else if (kind <= 2) {
                String text = choices.of(ALPHABET) + text(choices, 2);
                operation.insert(text);
                target.append(text);
            } else {
                operation.delete(length);
                position += length;
            }
        }
        target.append(new String(points, position, points.length - position));
        return new Edit(operation.build(), target.toString());
    }
}
