package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.NearNames;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.render.Console;
import dev.heddle.cli.render.Style;
import dev.heddle.editing.TreeEntry;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** What every verb shares: how it prints, and how its errors gain advice. */
abstract class Verb implements Callable<Integer> {

    @Mixin
    OutputOptions output = new OutputOptions();

    final World world;

    Verb(World world) {
        this.world = Objects.requireNonNull(world, "world");
    }

    /**
     * Does the work.
     *
     * @return how the process ends
     */
    abstract ExitCode run();

    @Override
    public final Integer call() {
        console().colour(output.colour);
        return run().number();
    }

    final Console console() {
        return world.console();
    }

    final Style style() {
        return world.console().style();
    }

    final boolean json() {
        return output.json;
    }

    /** Prints one JSON value on a line of its own. */
    final void print(JsonNode value) {
        console().line(value.toString());
    }

    /** Says something that is not the result; nothing with {@code --json}. */
    final void note(String text) {
        if (!json()) {
            console().error().println(style().dim(text));
        }
    }

    /**
     * {@return what the work returns, with near names added where a workspace or a file is not known}
     *
     * @param reader    lists what exists
     * @param workspace the workspace's name
     * @param path      asked only after an error: the file's path, or null
     * @param work      the work
     */
    static <T> T advised(WorkspaceReader reader, String workspace, Supplier<String> path, Callable<T> work) {
        try {
            return work.call();
        } catch (CliException error) {
            throw advice(error, reader, workspace, path.get());
        } catch (RuntimeException error) {
            throw error;
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static CliException advice(CliException error, WorkspaceReader reader, String workspace, String path) {
        List<String> known;
        String wanted;
        try {
            if ("UNKNOWN_WORKSPACE".equals(error.code())) {
                known = reader.workspaces().stream().map(WorkspaceSummary::name).toList();
                wanted = workspace;
            } else if ("UNKNOWN_FILE".equals(error.code()) && path != null) {
                known = reader.tree(workspace, OptionalLong.empty()).stream().map(TreeEntry::path).toList();
                wanted = path;
            } else {
                return error;
            }
        } catch (CliException ignored) {
            return error;
        }
        if (known.contains(wanted)) {
            return error.withHint("it is there now: heddle log " + workspace + (path == null ? "" : " " + path)
                + " shows since when");
        }
        List<String> near = NearNames.of(wanted, known);
        return near.isEmpty() ? error : error.withHint("did you mean " + String.join(" or ", near) + "?");
    }
}
