package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.history.LogQuery;
import dev.heddle.cli.history.LoggedOperation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle log}. */
@Command(name = "log", description = "List operations, oldest first: who did what, when, at which version.",
    footer = {"", "Example: heddle log demo README.md -n 20", "Example: heddle log demo --author ann --json"})
final class LogVerb extends ReadVerb {

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH",
        description = "Only operations on the file that has this path now, or had it in the operation; renames are "
            + "followed.")
    private String path;

    @Option(names = "-n", paramLabel = "N", defaultValue = "20",
        description = "At most so many of the newest; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--after", paramLabel = "V", defaultValue = "0", description = "Only versions after this one.")
    private long after;

    @Option(names = "--author", paramLabel = "NAME", description = "Only this author's.")
    private String author;

    @Option(names = "--session", paramLabel = "ID", description = "Only this session's; a prefix will do.")
    private String session;

    LogVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        if (count < 0) {
            throw CliException.usage("-n " + count + " is not a number of operations (expected: at least 0)");
        }
        LogQuery query = new LogQuery(path, author, session, count == 0 ? Integer.MAX_VALUE : count);
        List<LoggedOperation> found = query.newest(reader.workspace(workspace).version(), after,
            (from, receiver) -> reader.operations(workspace, from, receiver));
        for (LoggedOperation operation : found) {
            if (json()) {
                print(Shapes.operation(operation));
            } else {
                console().line(Lines.line(operation, style()));
            }
        }
        if (found.isEmpty()) {
            note("no such operations");
        }
        return ExitCode.OK;
    }
}
