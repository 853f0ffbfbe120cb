package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.export.ExportFile;
import dev.heddle.cli.export.FolderFiles;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.render.Count;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.WorkspaceImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle replay}. */
@Command(name = "replay", description = {"Rebuild a workspace from its raw topic and write its files to a folder.",
    "Neither gateway nor transformer nor snapshots are asked: what comes out is what the log itself says."},
    footer = {"", "Example: heddle replay demo --into /tmp/demo --version 41"})
final class ReplayVerb extends Verb {

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "The workspace's name; not needed with --file.")
    private String workspace;

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "The folder, empty or new.")
    private Path into;

    @Option(names = "--file", paramLabel = "FILE", description = "Replay this export instead of the topic.")
    private Path file;

    @Mixin
    private VersionOptions version = new VersionOptions();

    @Mixin
    private LogOptions options = new LogOptions();

    ReplayVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        if (file != null) {
            try (ExportFile export = new ExportFile(world.workingDirectory().resolve(file))) {
                return write(fold(export));
            }
        }
        if (workspace == null) {
            throw CliException.usage("replay wants a workspace, or --file");
        }
        try (LogReader reader = options.place(world).reader()) {
            return advised(reader, workspace, () -> null,
                () -> write(reader.image(workspace, version.resolve(reader, workspace))));
        }
    }

    private WorkspaceImage fold(ExportFile export) {
        if (version.at != null) {
            throw CliException.usage("--at is not for --file: say --version");
        }
        OptionalLong until = version.version == null ? OptionalLong.empty() : OptionalLong.of(version.version);
        RawFold fold = options.place(world).limits().fold(export.workspace());
        Iterator<RawRecord> records = export.raw();
        while (records.hasNext() && (until.isEmpty() || fold.image().version() < until.getAsLong())) {
            RawRecord record = records.next();
            if (record.submission() != null) {
                fold.accept(record.submission());
            }
        }
        return LogReader.require(fold.image(), until);
    }

    private ExitCode write(WorkspaceImage image) {
        Path folder = world.workingDirectory().resolve(into);
        Map<String, String> texts = new TreeMap<>();
        for (FileImage one : image.files()) {
            texts.put(one.path(), one.text().toString());
        }
        FolderFiles.write(folder, texts);
        if (json()) {
            print(Shapes.object().put("workspace", image.workspace()).put("version", image.version())
                .put("hash", image.hash().hex()).put("files", texts.size()).put("folder", folder.toString()));
        } else {
            console().line(Count.of(texts.size(), "file") + " of " + style().bold(image.workspace()) + " at "
                + style().yellow("version " + image.version()) + " " + Count.are(texts.size()) + " in " + folder);
        }
        return ExitCode.OK;
    }
}
