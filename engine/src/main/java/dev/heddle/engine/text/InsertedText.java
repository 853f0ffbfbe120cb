package dev.heddle.engine.text;

/** Walks the inserted texts of two operations while they are composed, and collects what is left of them, in order. */
final class InsertedText {

    private final String first;
    private final String second;
    private final StringBuilder out;
    private int firstIndex;
    private int secondIndex;

    InsertedText(String first, String second) {
        this.first = first;
        this.second = second;
        this.out = new StringBuilder(first.length() + second.length());
    }

    /** Takes the next code points of one of the two texts and keeps them or not; without texts, does nothing. */
    static void take(InsertedText texts, boolean fromFirst, int length, boolean keep) {
        if (texts != null) {
            texts.take(fromFirst, length, keep);
        }
    }

    private void take(boolean fromFirst, int length, boolean keep) {
        String source = fromFirst ? first : second;
        int start = fromFirst ? firstIndex : secondIndex;
        int end = source.offsetByCodePoints(start, length);
        if (keep) {
            out.append(source, start, end);
        }
        if (fromFirst) {
            firstIndex = end;
        } else {
            secondIndex = end;
        }
    }

    String text() {
        return out.toString();
    }
}
