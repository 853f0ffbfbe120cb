package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayClient;
import picocli.CommandLine.Mixin;

/** A verb that changes a workspace, through a gateway. */
abstract class WriteVerb extends Verb {

    @Mixin
    ServerOptions server = new ServerOptions();

    WriteVerb(World world) {
        super(world);
    }

    @Override
    final ExitCode run() {
        try (GatewayClient gateway = server.client(console())) {
            return advised(gateway, workspace(), this::path, () -> run(gateway));
        }
    }

    /**
     * Does the work.
     *
     * @param gateway where to write
     * @return how the process ends
     */
    abstract ExitCode run(GatewayClient gateway);

    /** {@return the workspace to change} */
    abstract String workspace();

    /** {@return the path to change, or null} */
    String path() {
        return null;
    }
}
