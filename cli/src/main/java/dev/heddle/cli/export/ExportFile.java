package dev.heddle.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.cli.CliException;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.Evidence;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.cli.verify.UnreadableRecordException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;

/**
 * An export file read again. Its parts are read in one pass each, so that a file larger than memory can be verified.
 * One thread; close it when done.
 */
public final class ExportFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER_CHARS = 1 << 16;
    private static final int END_BYTES_MAX = 512;
    private static final String RAW = "{\"raw\":";
    private static final String CANONICAL = "{\"canonical\":";
    private static final String TOMBSTONE = "{\"tombstone\":";
    private static final String SNAPSHOT = "{\"snapshot\":";
    private static final String END = "{\"end\":";

    private static final List<String> KINDS = List.of(RAW, CANONICAL, TOMBSTONE, SNAPSHOT, END, "{\"heddle\":");

    private final Path file;
    private final List<BufferedReader> readers = new ArrayList<>();
    private final String workspace;

    /**
     * A file with its header read.
     *
     * @param file the file
     */
    public ExportFile(Path file) {
        this.file = file;
        try (BufferedReader reader = open()) {
            String first = reader.readLine();
            JsonNode header = first == null ? null : parse(1, first).path("heddle");
            if (header == null || header.path("format").asInt() != ExportFormat.FORMAT) {
                throw CliException.local(file + " is not a heddle export of format " + ExportFormat.FORMAT, null)
                    .withHint("heddle export WORKSPACE --jsonl FILE writes one");
            }
            workspace = header.path("workspace").asText();
        } catch (IOException error) {
            throw unreadable(error);
        } catch (UnreadableRecordException error) {
            throw CliException.local(file + " is not a heddle export: " + error.getMessage(), error);
        }
    }

    /** {@return the workspace that was exported} */
    public String workspace() {
        return workspace;
    }

    /** {@return what a verification reads} */
    public Evidence evidence() {
        List<SnapshotRecord> snapshots = new ArrayList<>();
        lines(List.of(SNAPSHOT), (line, node) -> ExportFormat.snapshot(line, node)).forEachRemaining(snapshots::add);
        return Evidence.complete(raw(), lines(List.of(CANONICAL, TOMBSTONE), this::canonical), snapshots,
            rawMax());
    }

    /** What the last line says; it stands within the last so many bytes. */
    private long rawMax() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(END_BYTES_MAX, channel.size()));
            channel.position(channel.size() - tail.capacity());
            while (tail.hasRemaining() && channel.read(tail) >= 0) {
                continue;
            }
            String text = new String(tail.array(), StandardCharsets.UTF_8);
            int start = text.lastIndexOf(END);
            return start < 0 ? 0 : JSON.readTree(text.substring(start)).path("end").path("raw").asLong();
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** {@return the raw records in order} */
    public Iterator<RawRecord> raw() {
        return lines(List.of(RAW), (line, node) -> {
            try {
                return ExportFormat.raw(node);
            } catch (RuntimeException error) {
                return new RawRecord(node.path("offset").asLong(-1), node.path("time").asLong(), null,
                    error.getMessage());
            }
        });
    }

    private CanonicalRecord canonical(long line, JsonNode node) {
        boolean tombstone = node.size() == 1 && node.hasNonNull("version");
        return tombstone ? CanonicalRecord.tombstone(line, node.path("version").asLong())
            : ExportFormat.canonical(line, node);
    }

    private <T> Iterator<T> lines(List<String> prefixes, BiFunction<Long, JsonNode, T> reading) {
        BufferedReader reader = open();
        readers.add(reader);
        return new Lines<>(reader, prefixes, reading);
    }

    /** The lines that begin in certain ways; the end of the file must have been written. */
    private final class Lines<T> implements Iterator<T> {

        private final BufferedReader reader;
        private final List<String> prefixes;
        private final BiFunction<Long, JsonNode, T> reading;
        private long number;
        private T next;
        private boolean ended;

        Lines(BufferedReader reader, List<String> prefixes, BiFunction<Long, JsonNode, T> reading) {
            this.reader = reader;
            this.prefixes = prefixes;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !ended) {
                String line = read();
                if (prefixes.stream().anyMatch(line::startsWith)) {
                    next = reading.apply(number, content(line));
                }
                ended = line.startsWith(END);
            }
            return next != null;
        }

        private String read() {
            try {
                number++;
                String line = reader.readLine();
                if (line != null && KINDS.stream().noneMatch(line::startsWith)) {
                    throw CliException.local(file + ": line " + number + " is of no kind that an export has", null);
                }
                if (line == null) {
                    throw CliException.local(file + " ends at line " + (number - 1) + " without saying so: it was cut "
                        + "off", null).withHint("export it again");
                }
                return line;
            } catch (IOException error) {
                throw unreadable(error);
            }
        }

        private JsonNode content(String line) {
            try {
                JsonNode content = parse(number, line).elements().next();
                return content.isObject() ? content : problem("it is not a JSON object");
            } catch (UnreadableRecordException error) {
                return problem(error.getMessage());
            }
        }

        private JsonNode problem(String text) {
            return ExportFormat.object().put("unreadable", text);
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException(file + " ends at line " + number);
            }
            T result = next;
            next = null;
            return result;
        }
    }

    private static JsonNode parse(long number, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException error) {
            throw new UnreadableRecordException("line " + number + " is not JSON: " + error.getOriginalMessage());
        }
    }

    private BufferedReader open() {
        try {
            // Malformed bytes become U+FFFD here and are found as a difference, with the line they are in.
            return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8),
                BUFFER_CHARS);
        } catch (NoSuchFileException error) {
            throw CliException.local("there is no file " + file, error);
        } catch (IOException error) {
            throw unreadable(error);
        }
    }

    private CliException unreadable(IOException error) {
        return CliException.local(file + " cannot be read: " + error.getMessage(), error);
    }

    @Override
    public void close() {
        for (BufferedReader reader : readers) {
            try {
                reader.close();
            } catch (IOException ignored) {
                // It was only read.
            }
        }
    }
}
