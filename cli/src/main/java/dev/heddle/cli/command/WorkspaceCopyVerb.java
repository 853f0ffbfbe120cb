package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.LogSettings;
import dev.heddle.cli.log.LogWriter;
import dev.heddle.cli.log.WorkspaceCopy;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.schemas.topic.PlaceKind;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle ws copy}. */
@Command(name = "copy", description = {"Copy a workspace to another installation, every submission of its log.",
    "Versions, texts and sessions are the same there; times and hashes are its own. What is written after the command "
        + "began is not copied: let nobody write meanwhile. Nothing is changed where it came from."},
    footer = {"", "Example: heddle ws copy poems --kafka old:9092 --to-kafka new:9092 "
        + "--to-registry http://new:8081/apis/ccompat/v7"})
final class WorkspaceCopyVerb extends Verb {

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace's name, here and there.")
    private String workspace;

    @Option(names = "--to-kafka", required = true, paramLabel = "HOST:PORT", description = "The other broker.")
    private String toKafka;

    @Option(names = "--to-registry", required = true, paramLabel = "URL", description = "The other schema registry.")
    private String toRegistry;

    @Option(names = "--to-settings", paramLabel = "FILE", description = "Settings of the other cluster's clients by "
        + "Kafka's names, where broker and registry there want to know who asks.")
    private Path toSettings;

    @Option(names = "--place", paramLabel = "own|shared", defaultValue = "own",
        description = "Where its log is to be there. Default: ${DEFAULT-VALUE}.")
    private String place;

    @Mixin
    private LogOptions options = new LogOptions();

    WorkspaceCopyVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        PlaceKind kind;
        try {
            kind = PlaceKind.parse(place);
        } catch (IllegalArgumentException neither) {
            throw CliException.usage("--place " + neither.getMessage());
        }
        LogSettings settings = new LogSettings(toKafka, toRegistry, LogPlace.client(world, toSettings));
        try (LogReader reader = options.place(world).reader(); WorkspaceLog target = new WorkspaceLog(settings);
             LogWriter writer = new LogWriter(settings)) {
            return advised(reader, workspace, () -> null, () -> copy(reader, target, writer, kind));
        }
    }

    private ExitCode copy(LogReader reader, WorkspaceLog target, LogWriter writer, PlaceKind kind) {
        RawFold fold = options.place(world).limits().fold(workspace);
        WorkspaceCopy.Copied copied = new WorkspaceCopy(reader.log(), target, writer)
            .copy(workspace, kind, record -> fold.accept(record.submission()));
        long version = fold.image().version();
        if (json()) {
            print(Shapes.workspace(LogReader.summary(copied.workspace(), version)).put("records", copied.records())
                .put("unreadable", copied.unreadable()));
        } else {
            console().line(style().bold(workspace) + " is in topic " + copied.workspace().getOpsTopic() + " at "
                + toKafka + ": " + copied.records() + " submissions" + (copied.unreadable() == 0 ? ""
                : " (" + copied.unreadable() + " unreadable ones left out)") + ", which come to version " + version);
        }
        return ExitCode.OK;
    }
}
