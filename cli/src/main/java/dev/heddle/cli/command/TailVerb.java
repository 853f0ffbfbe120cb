package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.history.LogQuery;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.log.LogReader;
import dev.heddle.cli.log.WorkspaceLog;
import dev.heddle.cli.verify.RawRecord;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle tail}. */
@Command(name = "tail", description = {"Show the newest operations, and with -f every further one as it is ordered.",
    "With --kafka they are read from the canonical topic, without it from the gateway. --raw shows the submissions "
        + "themselves from the raw topic, refused and unreadable ones too; it wants --kafka."},
    footer = {"", "Example: heddle tail demo -f", "Example: heddle tail demo -f --raw --kafka localhost:9092"})
final class TailVerb extends Verb {

    private static final long RECONNECT_MS = 1_000;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace's name.")
    private String workspace;

    @Option(names = {"-f", "--follow"}, description = "Go on until stopped with Ctrl-C.")
    private boolean follow;

    @Option(names = "-n", paramLabel = "N", defaultValue = "10",
        description = "Begin with so many of the newest. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--raw", description = "Show raw submissions, straight from Kafka.")
    private boolean raw;

    @Mixin
    private SourceOptions source = new SourceOptions();

    private long seen;

    TailVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        if (count < 0) {
            throw CliException.usage("-n " + count + " is not a number of operations (expected: at least 0)");
        }
        if (raw) {
            return tailRaw();
        }
        if (source.kafkaAddress(console()) != null) {
            return tailCanonical();
        }
        try (GatewayClient gateway = ServerOptions.client(console(), source.server, null, source.token)) {
            return advised(gateway, workspace, () -> null, () -> tail(gateway));
        }
    }

    private ExitCode tail(GatewayClient gateway) {
        seen = gateway.workspace(workspace).version();
        if (count > 0) {
            new LogQuery(null, null, null, count).newest(seen, 0,
                (after, receiver) -> gateway.operations(workspace, after, receiver)).forEach(this::show);
        }
        boolean connected = false;
        while (follow && !Thread.currentThread().isInterrupted()) {
            try {
                gateway.follow(workspace, seen, this::show);
                connected = true;
                note("the server ended the stream; connecting again after version " + seen);
            } catch (CliException error) {
                if (!connected || error.exitCode() != ExitCode.UNAVAILABLE) {
                    throw error;
                }
                note(error.getMessage() + "; trying again");
            }
            world.pauseMs().accept(RECONNECT_MS);
        }
        return ExitCode.OK;
    }

    private boolean show(LoggedOperation operation) {
        if (operation.version() > seen || !follow) {
            seen = Math.max(seen, operation.version());
        }
        if (json()) {
            print(Shapes.operation(operation));
        } else {
            console().line(Lines.line(operation, style()));
        }
        console().out().flush();
        return true;
    }

    private ExitCode tailCanonical() {
        try (LogReader reader = source.place(world).reader()) {
            return advised(reader, workspace, () -> null, () -> {
                reader.log().newestCanonical(workspace, count, follow).forEachRemaining(this::show);
                return ExitCode.OK;
            });
        }
    }

    private ExitCode tailRaw() {
        if (source.kafkaAddress(console()) == null) {
            throw CliException.usage("--raw reads the raw topic: say --kafka HOST:PORT");
        }
        try (WorkspaceLog log = source.place(world).log()) {
            Iterator<RawRecord> records = follow ? log.followRaw(workspace, count) : log.newestRaw(workspace, count);
            while (records.hasNext()) {
                RawRecord record = records.next();
                if (json()) {
                    print(Shapes.raw(record));
                } else {
                    console().line(Lines.raw(record, style()));
                }
                console().out().flush();
            }
        }
        return ExitCode.OK;
    }
}
