package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.export.FolderFiles;
import dev.heddle.cli.render.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle import}. */
@Command(name = "import", description = {"Bring a folder into a workspace: every text file is created, or edited to "
    + "be as it is in the folder.",
    "Of a git tree only tracked files are taken. Files that are not UTF-8 text are left out "
        + "and listed. Files of the workspace that the folder does not have stay."},
    footer = {"", "Example: heddle import demo . --under src"})
final class ImportVerb extends WriteVerb {

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder.")
    private Path folder;

    @Option(names = "--under", paramLabel = "PREFIX", defaultValue = "",
        description = "Put the files under this folder of the workspace.")
    private String under;

    @Option(names = "--create", description = "Create the workspace first, where it is not there.")
    private boolean create;

    @Option(names = "--untracked", description = "Of a git tree, take files too that git does not track.")
    private boolean untracked;

    private String current;

    ImportVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(GatewayClient gateway) {
        Path source = world.workingDirectory().resolve(folder);
        List<String> paths = FolderFiles.list(source, untracked);
        if (create) {
            gateway.create(workspace, null);
        }
        String prefix = under.isEmpty() ? "" : under.replaceAll("/+$", "") + "/";
        List<String> left = new ArrayList<>();
        int done = 0;
        try (Progress progress = new Progress(console(), world.clock(), "importing", paths.size())) {
            for (String path : paths) {
                String text = FolderFiles.textOrNull(source, path);
                if (text == null) {
                    left.add(path);
                } else {
                    current = prefix + path;
                    gateway.put(workspace, current, text, null);
                    done++;
                }
                progress.advance(1);
            }
        }
        report(done, left);
        return left.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private void report(int done, List<String> left) {
        if (json()) {
            ObjectNode answer = Shapes.object().put("workspace", workspace).put("files", done);
            ArrayNode list = answer.putArray("leftOut");
            left.forEach(list::add);
            print(answer);
            return;
        }
        console().line(done + " files are in " + style().bold(workspace));
        left.forEach(path -> console().line(style().yellow("left out: ") + path + " is not UTF-8 text"));
    }

    @Override
    String path() {
        return current;
    }
}
