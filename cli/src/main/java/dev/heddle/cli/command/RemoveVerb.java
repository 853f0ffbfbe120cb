package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heddle rm}. */
@Command(name = "rm", description = "Delete files. Their history stays, and heddle revert brings them back.",
    footer = {"", "Example: heddle rm demo old.txt older.txt"})
final class RemoveVerb extends EditingVerb {

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "The files' paths.")
    private List<String> paths;

    private String current;

    RemoveVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceWriter writer) {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        for (String path : paths) {
            current = path;
            answers.add(writer.delete(workspace, path));
            if (!json()) {
                console().line("deleted " + path);
            }
        }
        if (json()) {
            print(answers);
        }
        return ExitCode.OK;
    }

    @Override
    String path() {
        return current;
    }
}
