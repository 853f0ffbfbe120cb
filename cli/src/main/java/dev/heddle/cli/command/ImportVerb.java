package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.export.FolderFiles;
import dev.heddle.cli.export.LeftOut;
import dev.heddle.cli.render.Count;
import dev.heddle.cli.render.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle import}. */
@Command(name = "import", description = {"Bring a folder into a workspace: every text file is created, or edited to "
    + "be as it is in the folder.",
    "Of a git tree, or a folder in one, only tracked files are taken. Files that are not UTF-8 text, links, and files "
        + "the workspace refuses, as for their size, are left out and listed; the exit code is then 1. Files of the "
        + "workspace that the folder does not have stay."},
    footer = {"", "Example: heddle import demo . --under src"})
final class ImportVerb extends EditingVerb {

    /** Refusals of everything, not of one file. */
    private static final Set<String> OF_ALL =
        Set.of("UNKNOWN_WORKSPACE", "UNAUTHENTICATED", "TOKEN_ENDED", "FORBIDDEN", "ORIGIN_NOT_ALLOWED");
    private static final int ATTEMPTS = 6;
    /** Files on their way at a time: the gateway takes longer to answer one than to take it. */
    private static final int AT_ONCE = 8;
    private static final long PAUSE_MS = 500;

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder.")
    private Path folder;

    @Option(names = "--under", paramLabel = "PREFIX", defaultValue = "",
        description = "Put the files under this folder of the workspace.")
    private String under;

    @Option(names = "--create", description = "Create the workspace first, where it is not there.")
    private boolean create;

    @Option(names = "--untracked", description = "Of a git tree, take files too that git neither tracks nor ignores.")
    private boolean untracked;

    ImportVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        Path source = world.workingDirectory().resolve(folder);
        FolderFiles.Listing files = FolderFiles.list(source, untracked);
        if (create) {
            writer.create(workspace, null);
        } else {
            source().workspace(workspace);
        }
        String prefix = under.isEmpty() ? "" : under.replaceAll("/+$", "") + "/";
        List<LeftOut> left = new ArrayList<>(files.leftOut());
        try (Progress progress = new Progress(console(), world.clock(), "importing", files.paths().size());
             InOrder<LeftOut> work = new InOrder<>(writing.kafka == null ? AT_ONCE : 1)) {
            for (String path : files.paths()) {
                work.add(() -> {
                    String reason = put(writer, prefix + path, FolderFiles.textOrNull(source, path));
                    return reason == null ? null : new LeftOut(path, reason);
                }, one -> taken(one, left, progress));
            }
            work.finish(one -> taken(one, left, progress));
        }
        left.sort(Comparator.comparing(LeftOut::path));
        report(files.paths().size() + files.leftOut().size() - left.size(), left);
        return left.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private static void taken(LeftOut refused, List<LeftOut> left, Progress progress) {
        if (refused != null) {
            left.add(refused);
        }
        progress.advance(1);
    }

    /** {@return why a file was not taken, or null where it was} */
    private String put(WorkspaceWriter writer, String path, String text) {
        if (text == null) {
            return "is not UTF-8 text";
        }
        for (int attempt = 1;; attempt++) {
            try {
                writer.put(workspace, path, text, null);
                return null;
            } catch (CliException error) {
                // The same text again is no edit, so asking again is safe.
                boolean later = error.exitCode() == ExitCode.UNAVAILABLE || "LIMIT_REACHED".equals(error.code());
                if (!later && error.exitCode() == ExitCode.REFUSED && !OF_ALL.contains(error.code())) {
                    return "was refused: " + error.getMessage();
                }
                if (!later || attempt == ATTEMPTS) {
                    throw error;
                }
            }
            world.pauseMs().accept(attempt * PAUSE_MS);
        }
    }

    private void report(int done, List<LeftOut> left) {
        if (json()) {
            ObjectNode answer = Shapes.object().put("workspace", workspace).put("files", done);
            ArrayNode list = answer.putArray("leftOut");
            left.forEach(one -> list.addObject().put("path", one.path()).put("reason", one.reason()));
            print(answer);
            return;
        }
        console().line(Count.of(done, "file") + " " + Count.are(done) + " in " + style().bold(workspace)
            + (left.isEmpty() ? "" : ", " + left.size() + " left out:"));
        left.forEach(one -> console().line("  " + style().yellow(one.path()) + " " + one.reason()));
    }
}
