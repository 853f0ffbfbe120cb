package dev.heddle.snapshotter.history;

import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.engine.workspace.TextRuns;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who wrote what to bytes and back, in a few bytes for each run: writers are named once, numbers are what they differ
 * by from the run before. One walk over a milestone each, one thread.
 */
final class RunsCodec {

    private static final int BITS = 7;
    private static final int MASK = 0x7f;
    private static final int MORE = 0x80;
    private static final int NONE = -1;

    private record Writer(String author, String session) {
    }

    private final Map<Writer, Integer> numbers = new HashMap<>();
    private final List<Writer> writers = new ArrayList<>();

    void write(DataOutputStream out, TextRuns runs) throws IOException {
        if (runs == null) {
            out.writeInt(NONE);
            return;
        }
        List<TextRun> all = runs.runs();
        out.writeInt(all.size());
        long version = 0;
        long timeMs = 0;
        for (TextRun run : all) {
            Origin origin = run.origin();
            number(out, run.length());
            signed(out, origin.version() - version);
            signed(out, origin.timeMs() - timeMs);
            writer(out, new Writer(origin.author(), origin.session()));
            version = origin.version();
            timeMs = origin.timeMs();
        }
    }

    private void writer(DataOutputStream out, Writer writer) throws IOException {
        Integer known = numbers.get(writer);
        number(out, known == null ? numbers.size() : known);
        if (known == null) {
            numbers.put(writer, numbers.size());
            text(out, writer.author());
            text(out, writer.session());
        }
    }

    TextRuns read(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count == NONE) {
            return null;
        }
        List<TextRun> runs = new ArrayList<>();
        long version = 0;
        long timeMs = 0;
        for (int left = count; left > 0; left--) {
            int length = Math.toIntExact(number(in));
            version += signed(in);
            timeMs += signed(in);
            Writer writer = writer(in);
            runs.add(new TextRun(length, new Origin(version, writer.author(), writer.session(), timeMs)));
        }
        return TextRuns.of(runs);
    }

    private Writer writer(DataInputStream in) throws IOException {
        int number = Math.toIntExact(number(in));
        if (number == writers.size()) {
            writers.add(new Writer(text(in), text(in)));
        }
        return writers.get(number);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void signed(DataOutputStream out, long value) throws IOException {
        number(out, value << 1 ^ value >> Long.SIZE - 1);
    }

    private static long signed(DataInputStream in) throws IOException {
        long raw = number(in);
        return raw >>> 1 ^ -(raw & 1);
    }

    private static void number(DataOutputStream out, long value) throws IOException {
        long left = value;
        while ((left & ~MASK) != 0) {
            out.writeByte((int) (left & MASK | MORE));
            left >>>= BITS;
        }
        out.writeByte((int) left);
    }

    private static long number(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            int next = in.readUnsignedByte();
            value |= (long) (next & MASK) << shift;
            if (next < MORE) {
                return value;
            }
        }
        throw new IOException("a number of more than 64 bits");
    }
}
