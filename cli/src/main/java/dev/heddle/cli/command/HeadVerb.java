package dev.heddle.cli.command;

import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.KeptHead;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.verify.Head;
import dev.heddle.engine.workspace.Hash;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code heddle head}. */
@Command(name = "head", description = {"Print the hash that stands for everything up to a version, to be kept.",
    "Who keeps it can find out later whether a byte of what was there then has changed: heddle verify --head."},
    footer = {"", "Example: heddle head demo --json > demo.head", "Example: heddle verify demo --head demo.head"})
final class HeadVerb extends ReadVerb {

    @Mixin
    private VersionOptions version = new VersionOptions();

    HeadVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run(WorkspaceReader reader) {
        KeptHead head = reader.head(workspace, version.resolve(reader, workspace));
        if (json()) {
            print(head.json());
        } else {
            console().line(new Head(head.version(), Hash.ofHex(head.hash())) + (head.timeMs() == 0 ? ""
                : "  " + Instant.ofEpochMilli(head.timeMs())));
        }
        return ExitCode.OK;
    }
}
