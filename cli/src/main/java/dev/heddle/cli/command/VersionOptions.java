package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.client.WorkspaceReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** As of which version to read. */
final class VersionOptions {

    @Option(names = "--version", paramLabel = "V", description = "As of this version instead of now.")
    Long version;

    @Option(names = "--at", paramLabel = "TIME",
        description = "As of this moment, such as 2026-11-20T12:00:00Z, instead of now.")
    String at;

    OptionalLong resolve(WorkspaceReader reader, String workspace) {
        if (version != null && at != null) {
            throw CliException.usage("--version and --at say the same thing: give one of them");
        }
        if (version != null) {
            if (version < 0) {
                throw CliException.usage("--version " + version + " is not a version (expected: at least 0)");
            }
            return OptionalLong.of(version);
        }
        return at == null ? OptionalLong.empty() : OptionalLong.of(reader.versionAt(workspace, time(at)));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException error) {
            throw CliException.usage("--at " + text + " is not a time (expected: like 2026-11-20T12:00:00Z)");
        }
    }
}
