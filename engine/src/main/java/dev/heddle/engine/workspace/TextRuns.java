package dev.heddle.engine.workspace;

import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who wrote each code point of one text: runs in text order that cover it. Immutable; an edit shares all chunks it
 * does not touch, so it costs about as much in a file of many runs as in one of few.
 */
public final class TextRuns {

    /** The runs of an empty text. */
    public static final TextRuns EMPTY = new TextRuns(new TextRun[0][], new int[0], 0);

    private static final int CHUNK_RUNS_MAX = 128;
    private static final int CHUNK_RUNS_MIN = 32;
    /** A run before a change, what is inserted, and a run behind it. */
    private static final int MIDDLE_RUNS_MAX = 3;
    /** From here on one pass over all runs is cheaper than one search per change. */
    private static final int CHANGES_SPLICED_MAX = 16;

    private final TextRun[][] chunks;
    private final int[] chunkLengths;
    private final int length;

    private TextRuns(TextRun[][] chunks, int[] chunkLengths, int length) {
        this.chunks = chunks;
        this.chunkLengths = chunkLengths;
        this.length = length;
    }

    /**
     * {@return the runs of a text written by one operation}
     *
     * @param length its length in code points, 0 or more
     * @param origin the operation
     */
    public static TextRuns of(int length, Origin origin) {
        return length == 0 ? EMPTY : of(List.of(new TextRun(length, origin)));
    }

    /**
     * {@return these runs, neighbours of one operation joined}
     *
     * @param runs runs in text order
     */
    public static TextRuns of(List<TextRun> runs) {
        RunList joined = new RunList(runs.size());
        runs.forEach(joined::add);
        return EMPTY.replaceChunks(0, 0, joined);
    }

    /** {@return the length of the text in code points} */
    public int length() {
        return length;
    }

    /** {@return how many runs there are} */
    public int count() {
        return Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum();
    }

    /** {@return the runs in text order, neighbours of different operations; a new list} */
    public List<TextRun> runs() {
        List<TextRun> all = new ArrayList<>(count());
        forEach(all::add);
        return all;
    }

    /**
     * Shows the runs in text order, neighbours of different operations, without a list of them.
     *
     * @param visitor is shown each run
     */
    public void forEach(Consumer<TextRun> visitor) {
        TextRun last = null;
        for (TextRun[] chunk : chunks) {
            for (TextRun run : chunk) {
                if (last != null && last.origin().version() == run.origin().version()) {
                    last = new TextRun(last.length() + run.length(), last.origin());
                } else {
                    if (last != null) {
                        visitor.accept(last);
                    }
                    last = run;
                }
            }
        }
        if (last != null) {
            visitor.accept(last);
        }
    }

    /**
     * {@return the runs after an edit}
     *
     * @param changes ascending, not overlapping, all within this text
     * @param origin  the operation that makes them
     */
    public TextRuns apply(List<Change> changes, Origin origin) {
        if (changes.size() > CHANGES_SPLICED_MAX) {
            return rebuild(changes, origin);
        }
        TextRuns result = this;
        int shift = 0;
        for (Change change : changes) {
            int inserted = change.insert().codePointCount(0, change.insert().length());
            result = result.splice(change.at() + shift, change.delete(), inserted, origin);
            shift += inserted - change.delete();
        }
        return result;
    }

    private TextRuns splice(int at, int delete, int insert, Origin origin) {
        if (at < 0 || delete < 0 || at + delete > length) {
            throw new IllegalArgumentException("change: " + delete + " code points at " + at
                + " (expected: within a text of length " + length + ")");
        }
        int first = 0;
        int start = 0;
        while (first < chunks.length && start + chunkLengths[first] < at) {
            start += chunkLengths[first++];
        }
        if (first < chunks.length && at + delete <= start + chunkLengths[first]) {
            TextRuns inside = within(first, at - start, delete, insert, origin);
            if (inside != null) {
                return inside;
            }
        }
        return acrossChunks(first, start, at, delete, insert, origin);
    }

    private TextRuns acrossChunks(int first, int start, int at, int delete, int insert, Origin origin) {
        int last = first;
        int end = start;
        while (last < chunks.length && (end < at + delete || end == start)) {
            end += chunkLengths[last++];
        }
        RunList replaced = new RunList(CHUNK_RUNS_MAX * 2);
        Cursor cursor = new Cursor(first, last);
        cursor.copy(at - start, replaced);
        if (insert > 0) {
            replaced.add(new TextRun(insert, origin));
        }
        cursor.skip(delete);
        cursor.copy(end - at - delete, replaced);
        if (replaced.size() < CHUNK_RUNS_MIN && last < chunks.length) {
            // A chunk that shrank takes its neighbour in, so that the number of chunks follows the number of runs.
            for (TextRun run : chunks[last++]) {
                replaced.add(run);
            }
        }
        return replaceChunks(first, last, replaced);
    }

    /**
     * {@return the runs after a change within one chunk, which is what nearly every change is; null where the chunk
     * would grow or shrink too much}
     */
    private TextRuns within(int chunk, int at, int delete, int insert, Origin origin) {
        TextRun[] runs = chunks[chunk];
        int first = wholeRuns(runs, at);
        int start = sum(runs, first);
        int next = delete == 0 ? first : wholeRuns(runs, at + delete);
        int end = delete == 0 ? start : sum(runs, next);
        // The neighbours too, for they may be of one operation now.
        RunList middle = new RunList(MIDDLE_RUNS_MAX);
        int kept = first;
        if (at > start) {
            middle.add(new TextRun(at - start, runs[first].origin()));
        } else if (first > 0) {
            middle.add(runs[--kept]);
        }
        if (insert > 0) {
            middle.add(new TextRun(insert, origin));
        }
        if (next < runs.length) {
            middle.add(runs[next].without(at + delete - end));
            next++;
        }
        int count = kept + middle.size() + runs.length - next;
        if (!mayHold(chunk, count)) {
            return null;
        }
        TextRun[] replaced = Arrays.copyOf(runs, count);
        middle.copyTo(replaced, kept);
        System.arraycopy(runs, next, replaced, kept + middle.size(), runs.length - next);
        TextRun[][] newChunks = chunks.clone();
        int[] newLengths = chunkLengths.clone();
        newChunks[chunk] = replaced;
        newLengths[chunk] += insert - delete;
        return new TextRuns(newChunks, newLengths, length + insert - delete);
    }

    /** {@return how many runs lie wholly within the first code points} */
    private static int wholeRuns(TextRun[] runs, int codePoints) {
        int count = 0;
        for (int left = codePoints; count < runs.length && runs[count].length() <= left; count++) {
            left -= runs[count].length();
        }
        return count;
    }

    private boolean mayHold(int chunk, int count) {
        return count <= CHUNK_RUNS_MAX && (count >= CHUNK_RUNS_MIN || count > 0 && chunk + 1 == chunks.length);
    }

    private TextRuns rebuild(List<Change> changes, Origin origin) {
        RunList all = new RunList(count() + 2 * changes.size());
        Cursor cursor = new Cursor(0, chunks.length);
        int position = 0;
        for (Change change : changes) {
            cursor.copy(change.at() - position, all);
            int inserted = change.insert().codePointCount(0, change.insert().length());
            if (inserted > 0) {
                all.add(new TextRun(inserted, origin));
            }
            cursor.skip(change.delete());
            position = change.at() + change.delete();
        }
        cursor.copy(length - position, all);
        return EMPTY.replaceChunks(0, 0, all);
    }

    private TextRuns replaceChunks(int first, int last, RunList runs) {
        int pieces = (runs.size() + CHUNK_RUNS_MAX - 1) / CHUNK_RUNS_MAX;
        int count = chunks.length - (last - first) + pieces;
        TextRun[][] newChunks = new TextRun[count][];
        int[] newLengths = new int[count];
        System.arraycopy(chunks, 0, newChunks, 0, first);
        System.arraycopy(chunkLengths, 0, newLengths, 0, first);
        for (int piece = 0; piece < pieces; piece++) {
            int from = (int) ((long) runs.size() * piece / pieces);
            int to = (int) ((long) runs.size() * (piece + 1) / pieces);
            TextRun[] chunk = runs.runs().subList(from, to).toArray(TextRun[]::new);
            newChunks[first + piece] = chunk;
            newLengths[first + piece] = sum(chunk, chunk.length);
        }
        System.arraycopy(chunks, last, newChunks, first + pieces, chunks.length - last);
        System.arraycopy(chunkLengths, last, newLengths, first + pieces, chunks.length - last);
        int newLength = 0;
        for (int chunkLength : newLengths) {
            newLength += chunkLength;
        }
        return new TextRuns(newChunks, newLengths, newLength);
    }

    /** {@return the code points of the first runs} */
    private static int sum(TextRun[] runs, int count) {
        int sum = 0;
        for (int index = 0; index < count; index++) {
            sum += runs[index].length();
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextRuns that && runs().equals(that.runs());
    }

    @Override
    public int hashCode() {
        return runs().hashCode();
    }

    @Override
    public String toString() {
        return runs().toString();
    }

    /** A list that joins neighbours of one operation. */
    private static final class RunList {
        private final List<TextRun> runs;

        RunList(int capacity) {
            this.runs = new ArrayList<>(capacity);
        }

        void add(TextRun run) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).origin().version() == run.origin().version()) {
                runs.set(last, new TextRun(runs.get(last).length() + run.length(), run.origin()));
            } else {
                runs.add(run);
            }
        }

        int size() {
            return runs.size();
        }

        void copyTo(TextRun[] target, int at) {
            for (int index = 0; index < runs.size(); index++) {
                target[at + index] = runs.get(index);
            }
        }

        List<TextRun> runs() {
            return runs;
        }
    }

    /** Walks over the runs of some chunks, splitting runs where asked to stop inside one. */
    private final class Cursor {
        private final int lastChunk;
        private int chunk;
        private int index;
        private int taken;

        Cursor(int firstChunk, int lastChunk) {
            this.chunk = firstChunk;
            this.lastChunk = lastChunk;
        }

        void copy(int codePoints, RunList into) {
            advance(codePoints, into);
        }

        void skip(int codePoints) {
            advance(codePoints, null);
        }

        private void advance(int codePoints, RunList into) {
            int left = codePoints;
            while (left > 0) {
                if (chunk >= lastChunk) {
                    throw new IllegalArgumentException("change: " + left + " code points too far"
                        + " (expected: within a text of length " + length + ")");
                }
                TextRun run = chunks[chunk][index];
                int part = Math.min(left, run.length() - taken);
                if (into != null) {
                    into.add(part == run.length() ? run : new TextRun(part, run.origin()));
                }
                left -= part;
                taken += part;
                if (taken == run.length()) {
                    taken = 0;
                    index++;
                    if (index == chunks[chunk].length) {
                        index = 0;
                        chunk++;
                    }
                }
            }
        }
    }
}
