package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.NearNames;
import dev.heddle.cli.render.Style;
import dev.heddle.schemas.runtime.ServiceVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The heddle command: its verbs, and how errors are told. */
@Command(name = "heddle", synopsisSubcommandLabel = "VERB",
    description = "Workspaces that people and agents edit at once: files, history and proof from the command line.",
    footer = {"", "heddle VERB --help explains a verb. ./heddle dev starts a server on this machine."})
public final class HeddleCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this page and do nothing.")
    private boolean help;

    @Option(names = {"-V", "--version"}, description = "Show the version of this command and do nothing.")
    private boolean version;

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
        int exitCode;
        try {
            exitCode = commandLine(world).execute(arguments);
        } catch (OutOfMemoryError error) {
            exitCode = ended(world, arguments, new CliException(ExitCode.LOCAL, "OUT_OF_MEMORY",
                "this took more memory than Java may use", "allow more: HEDDLE_JAVA_OPTS=-Xmx4g ./heddle …"));
        } catch (Error error) {
            exitCode = ended(world, arguments, defect(error));
        }
        world.console().out().flush();
        return exitCode;
    }

    private static int ended(World world, String[] arguments, CliException error) {
        tell(world, List.of(arguments).contains("--json"), error);
        return error.exitCode().number();
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
        root.registerConverter(Long.class, HeddleCommand::number).registerConverter(long.class, HeddleCommand::number)
            .registerConverter(Integer.class, HeddleCommand::smallNumber)
            .registerConverter(int.class, HeddleCommand::smallNumber);
        root.setExecutionStrategy(HeddleCommand::execute);
        root.setParameterExceptionHandler((error, given) -> misused(world, error, given));
        root.setExecutionExceptionHandler((error, command, parsed) -> failed(world, error, command));
        return root;
    }

    @Override
    public void run() {
        if (version) {
            world.console().line("heddle " + ServiceVersion.current());
            return;
        }
        spec.commandLine().usage(world.console().out());
    }

    /** Help is not shown for a verb that does not exist. */
    private static int execute(ParseResult parsed) {
        if (!parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        return new RunLast().execute(parsed);
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException error) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static Integer smallNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException error) {
            throw new TypeConversionException("'" + text + "' is not a whole number below 2147483648");
        }
    }

    private static int misused(World world, ParameterException error, String[] given) {
        boolean json = List.of(given).contains("--json");
        CommandSpec command = error.getCommandLine().getCommandSpec();
        String help = command.qualifiedName(" ") + " --help shows how it is meant";
        CliException told = CliException.usage(error.getMessage().replaceFirst("^Error: ", "")).withHint(help);
        if (error instanceof UnmatchedArgumentException unmatched && !command.subcommands().isEmpty()
            && !unmatched.getUnmatched().get(0).startsWith("-")) {
            told = unknownVerb(unmatched.getUnmatched().get(0), command);
        }
        tell(world, json, told);
        return ExitCode.USAGE.number();
    }

    private static CliException unknownVerb(String verb, CommandSpec command) {
        String whole = command.qualifiedName(" ");
        List<String> near = NearNames.of(verb, command.subcommands().keySet());
        return CliException.usage("there is no verb " + whole + " " + verb).withHint(near.isEmpty()
            ? whole + " --help lists the verbs" : "did you mean " + whole + " " + String.join(" or ", near) + "?");
    }

    private static int failed(World world, Exception error, CommandLine command) {
        boolean json = command.getCommand() instanceof Verb verb && verb.json();
        CliException told = error instanceof CliException known ? known
            : defect(error);
        tell(world, json, told);
        return told.exitCode().number();
    }

    private static CliException defect(Throwable error) {
        return new CliException(ExitCode.INTERNAL, "INTERNAL", "a defect of this command: " + error,
            "please report it with the command line you gave");
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
