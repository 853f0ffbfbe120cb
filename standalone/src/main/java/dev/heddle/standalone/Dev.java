package dev.heddle.standalone;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./heddle dev}. Its process ends by a signal, or with exit code 1 and a sentence that says why. */
@Command(name = "heddle dev", mixinStandardHelpOptions = true, versionProvider = Dev.Version.class,
    sortOptions = false, usageHelpAutoWidth = true,
    description = {"Runs Heddle on this machine: broker, registry and the three services, all on 127.0.0.1.",
        "Ctrl-C stops it; the data stay in the folder."})
public final class Dev implements Callable<Integer> {

    private final PrintStream out;
    private final PrintStream errors;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080",
        description = "Port of the web page, REST and WebSocket (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--kafka-port", paramLabel = "PORT", defaultValue = "9092",
        description = "Port of the Kafka broker (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(names = "--registry-port", paramLabel = "PORT", defaultValue = "8081",
        description = "Port of the schema registry (default: ${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = ".heddle",
        description = "Folder for all data and logs (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory;

    @Option(names = "--demo", description = "Open a workspace 'demo' with a handful of files.")
    private boolean demo;

    Dev(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Dev(System.out, System.err)).execute(args));
    }

    /**
     * Starts everything and waits for a signal.
     *
     * @return 1 when something kept Heddle from starting; otherwise it does not return
     * @throws InterruptedException when the waiting thread is interrupted
     */
    @Override
    public Integer call() throws InterruptedException {
        DevSettings settings = new DevSettings(port, kafkaPort, registryPort, dataDirectory, demo);
        try {
            Preflight.check(settings);
            DataDirectory directory = DataDirectory.open(settings.dataDirectory());
            // Before the first logger exists: the file that takes the logs lies in the data directory.
            System.setProperty("heddle.log.directory", directory.logs().toString());
            run(settings, directory);
        } catch (Complaint e) {
            errors.println("heddle dev: " + e.getMessage().replace("\n", "\nheddle dev: "));
        }
        return 1;
    }

    private void run(DevSettings settings, DataDirectory directory) throws InterruptedException {
        Progress progress = new Progress(out);
        DevStack stack = new DevStack(settings, directory, progress);
        Stopper.atShutdown(stack, directory, progress);
        try {
            stack.start();
            if (settings.demo()) {
                new Demo("http://127.0.0.1:" + settings.port()).open();
            }
        } catch (Complaint e) {
            throw new Complaint(e.getMessage() + "\nmore in " + directory.logs().resolve("heddle.log"), e);
        }
        progress.say("Heddle is ready: http://localhost:" + settings.port());
        Thread.currentThread().join();
    }

    /** The version the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Dev.class.getPackage().getImplementationVersion();
            return new String[] {"Heddle " + (version == null ? "(not packaged)" : version)};
        }
    }
}
