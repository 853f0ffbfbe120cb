package dev.heddle.cli.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.cli.verify.SnapshotText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes an export file: header, records, and an end that says how many there are. Closing it completes it. */
public final class ExportWriter implements AutoCloseable {

    private final Path file;
    private final BufferedWriter out;
    private long raw;
    private long canonical;
    private long snapshots;
    private boolean complete;

    /**
     * A new file with its header.
     *
     * @param file      the file, which must not exist yet
     * @param workspace the workspace's name
     */
    public ExportWriter(Path file, String workspace) {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException error) {
            throw CliException.local(file + " exists already; it is not overwritten", error);
        } catch (IOException error) {
            throw CliException.local(file + " cannot be written: " + error.getMessage(), error);
        }
        write(ExportFormat.line("heddle", ExportFormat.object().put("format", ExportFormat.FORMAT)
            .put("workspace", workspace)));
    }

    /**
     * Writes a raw record.
     *
     * @param record the record
     */
    public void write(RawRecord record) {
        raw++;
        write(ExportFormat.raw(record));
    }

    /**
     * Writes a canonical record or a tombstone.
     *
     * @param record the record
     */
    public void write(CanonicalRecord record) {
        canonical++;
        write(ExportFormat.canonical(record));
    }

    /**
     * Writes a snapshot.
     *
     * @param snapshot the snapshot
     */
    public void write(SnapshotText snapshot) {
        snapshots++;
        write(ExportFormat.snapshot(snapshot));
    }

    /** Writes the end; without it a reader says that the file was cut off. */
    public void end() {
        write(ExportFormat.line("end", ExportFormat.object().put("raw", raw).put("canonical", canonical)
            .put("snapshots", snapshots)));
        complete = true;
    }

    private void write(ObjectNode line) {
        try {
            out.write(line.toString());
            out.write('\n');
        } catch (IOException error) {
            throw CliException.local(file + " cannot be written: " + error.getMessage(), error);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            if (!complete) {
                Files.deleteIfExists(file);
            }
        } catch (IOException error) {
            throw CliException.local(file + " cannot be written: " + error.getMessage(), error);
        }
    }
}
