package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.export.ExportWriter;
import dev.heddle.cli.export.GitExport;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.render.Count;
import dev.heddle.cli.render.Progress;
import dev.heddle.cli.verify.Evidence;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.verify.CanonicalRecord;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle export}. */
@Command(name = "export", description = {"Take a workspace's whole history out.",
    "--git writes a git repository: one commit per burst of an author (operations in a row, none more than "
        + "5 min after the last), with the author's name, the time, and trailers Heddle-Versions and Heddle-Hash.",
    "--jsonl writes raw log, canonical log and snapshots as JSON lines, read straight from Kafka: everything that "
        + "heddle verify --file needs, without a broker. The format is in docs/reference/export.md."},
    footer = {"", "Example: heddle export demo --git demo-history",
        "Example: heddle export demo --jsonl demo.jsonl --kafka localhost:9092"})
final class ExportVerb extends Verb {

    private static final long LATE_MS = 10_000;

    /** What to write: one of the two. */
    private static final class Target {
        @Option(names = "--git", paramLabel = "DIR", description = "A git repository, into this empty or new folder.")
        private Path git;

        @Option(names = "--jsonl", paramLabel = "FILE", description = "Write this new file.")
        private Path jsonl;
    }

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace's name.")
    private String workspace;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Mixin
    private SourceOptions source = new SourceOptions();

    ExportVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        if (target.jsonl != null) {
            return jsonl(world.workingDirectory().resolve(target.jsonl));
        }
        try (WorkspaceReader reader = source.reader(world)) {
            return advised(reader, workspace, () -> null, () -> git(reader));
        }
    }

    private ExitCode git(WorkspaceReader reader) {
        Path directory = world.workingDirectory().resolve(target.git);
        long head = reader.workspace(workspace).version();
        try (GitExport export = new GitExport(directory, workspace);
             Progress progress = new Progress(console(), world.clock(), "exporting", head)) {
            reader.operations(workspace, 0, operation -> {
                if (operation.version() <= head) {
                    if (progress.done() == 0 && operation.version() != 1) {
                        throw new CliException(ExitCode.REFUSED, "BASE_TOO_OLD", "the gateway's history of " + workspace
                            + " begins at version " + operation.version(), "add --kafka HOST:PORT to read it whole");
                    }
                    export.accept(operation);
                    progress.advance(1);
                }
                return operation.version() < head;
            });
            long commits = export.finish();
            if (json()) {
                print(Shapes.object().put("workspace", workspace).put("version", head).put("commits", commits)
                    .put("folder", directory.toString()));
            } else {
                console().line(Count.of(commits, "commit") + " of " + style().bold(workspace) + " to "
                    + style().yellow("version " + head) + " " + Count.are(commits) + " in " + directory);
            }
        }
        return ExitCode.OK;
    }

    private ExitCode jsonl(Path file) {
        if (source.kafkaAddress(console()) == null) {
            throw CliException.usage("--jsonl is to prove the workspace later and needs its raw log, which only the "
                + "topics have: say --kafka HOST:PORT");
        }
        long[] counts = new long[3];
        try (WorkspaceLog log = source.place(world).log()) {
            Evidence evidence = log.evidence(workspace, LATE_MS);
            try (ExportWriter writer = new ExportWriter(file, workspace);
                 Progress progress = new Progress(console(), world.clock(), "exporting", evidence.rawMax())) {
                RawFold fold = source.place(world).limits().fold(workspace);
                evidence.raw().forEachRemaining(record -> {
                    writer.write(record);
                    counts[0]++;
                    progress.advance(1);
                    if (record.submission() != null) {
                        fold.accept(record.submission());
                    }
                });
                long seen = write(evidence.canonical(), 0, Long.MAX_VALUE, writer, counts);
                long head = fold.image().version();
                if (seen < head) {
                    write(evidence.late().apply(head), seen, head, writer, counts);
                }
                log.snapshots(workspace).forEachRemaining(snapshot -> {
                    writer.write(snapshot);
                    counts[2]++;
                });
                writer.end();
            }
        }
        tell(file, counts);
        return ExitCode.OK;
    }

    /** {@return the newest version among those written before and those written now} */
    private static long write(Iterator<CanonicalRecord> records, long seen, long until, ExportWriter writer,
                              long[] counts) {
        long newest = seen;
        while (newest < until && records.hasNext()) {
            CanonicalRecord record = records.next();
            writer.write(record);
            counts[1]++;
            newest = Math.max(newest, record.version());
        }
        return newest;
    }

    private void tell(Path file, long[] counts) {
        if (json()) {
            print(Shapes.object().put("workspace", workspace).put("raw", counts[0]).put("canonical", counts[1])
                .put("snapshots", counts[2]).put("file", file.toString()));
        } else {
            console().line(counts[0] + " raw and " + Count.of(counts[1], "canonical record") + " and "
                + Count.of(counts[2], "snapshot") + " of " + style().bold(workspace) + " are in " + file);
        }
    }
}
