package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.render.Style;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The heddle command: its verbs, and how errors are told. */
@Command(name = "heddle", synopsisSubcommandLabel = "VERB",
    description = "Workspaces that people and agents edit at once: files, history and proof from the command line.",
    footer = {"", "heddle VERB --help explains a verb. ./heddle dev starts a server on this machine."})
public final class HeddleCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this page and do nothing.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final World world;

    private HeddleCommand(World world) {
        this.world = world;
    }

    /**
     * Runs one verb.
     *
     * @param world     the machine
     * @param arguments the command line
     * @return the exit code
     */
    public static int run(World world, String... arguments) {
        int exitCode = commandLine(world).execute(arguments);
        world.console().out().flush();
        return exitCode;
    }

    /**
     * {@return the whole command with its verbs}
     *
     * @param world the machine
     */
    public static CommandLine commandLine(World world) {
        CommandLine root = new CommandLine(new HeddleCommand(world));
        List<Object> verbs = List.of(new WorkspaceCommand(), new ListVerb(world), new CatVerb(world),
            new PutVerb(world), new EditVerb(world), new MoveVerb(world), new RemoveVerb(world), new LogVerb(world),
            new DiffVerb(world), new BlameVerb(world), new HeadVerb(world), new TailVerb(world), new RevertVerb(world),
            new UndoVerb(world), new VerifyVerb(world), new DoctorVerb(world), new ReplayVerb(world),
            new ExportVerb(world), new ImportVerb(world), new CompletionVerb(world));
        verbs.forEach(root::addSubcommand);
        CommandLine workspaces = root.getSubcommands().get("ws");
        workspaces.addSubcommand(new WorkspaceCreateVerb(world)).addSubcommand(new WorkspaceListVerb(world))
            .addSubcommand(new WorkspaceShowVerb(world))
            .addSubcommand(new WorkspaceMoveVerb(world)).addSubcommand(new WorkspaceCopyVerb(world));
        Ansi ansi = world.console().style().colourful() ? Ansi.ON : Ansi.OFF;
        root.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        root.setOut(new PrintWriter(world.console().out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(world.console().error(), true, StandardCharsets.UTF_8));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(100);
        root.setParameterExceptionHandler((error, given) -> misused(world, error, given));
        root.setExecutionExceptionHandler((error, command, parsed) -> failed(world, error, command));
        return root;
    }

    @Override
    public void run() {
        spec.commandLine().usage(world.console().out());
    }

    private static int misused(World world, ParameterException error, String[] given) {
        boolean json = List.of(given).contains("--json");
        tell(world, json, CliException.usage(error.getMessage())
            .withHint(error.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help shows how it is meant"));
        return ExitCode.USAGE.number();
    }

    private static int failed(World world, Exception error, CommandLine command) {
        boolean json = command.getCommand() instanceof Verb verb && verb.json();
        CliException told = error instanceof CliException known ? known
            : new CliException(ExitCode.INTERNAL, "INTERNAL", "a defect of this command: " + error,
                "please report it with the command line you gave");
        tell(world, json, told);
        return told.exitCode().number();
    }

    private static void tell(World world, boolean json, CliException error) {
        world.console().out().flush();
        if (json) {
            ObjectNode problem = JsonNodeFactory.instance.objectNode();
            problem.put("code", error.code()).put("message", error.getMessage()).put("exitCode",
                error.exitCode().number());
            if (error.hint() != null) {
                problem.put("hint", error.hint());
            }
            world.console().error().println(problem);
            return;
        }
        Style style = world.console().style();
        world.console().error().println(style.red("heddle: ") + error.getMessage());
        if (error.hint() != null) {
            world.console().error().println(style.dim("  " + error.hint()));
        }
    }
}
