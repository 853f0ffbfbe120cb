package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb that changes a workspace, through a gateway. */
abstract class WriteVerb extends Verb {

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace's name.")
    String workspace;

    @Mixin
    ServerOptions server = new ServerOptions();

    WriteVerb(World world) {
        super(world);
    }

    @Override
    final ExitCode run() {
        try (GatewayClient gateway = server.client(console())) {
            return advised(gateway, workspace, this::path, () -> run(gateway));
        }
    }

    /**
     * Does the work.
     *
     * @param gateway where to write
     * @return how the process ends
     */
    abstract ExitCode run(GatewayClient gateway);

    /** {@return the path to change, or null} */
    String path() {
        return null;
    }
}
