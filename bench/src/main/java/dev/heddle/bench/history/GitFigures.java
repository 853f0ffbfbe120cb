package dev.heddle.bench.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same history as {@code heddle export --git} writes it, asked of git. */
final class GitFigures {

    private static final double MS_PER_S = 1_000;

    private final Stack stack;
    private final Report report;
    private final Path folder;

    GitFigures(Stack stack, Report report, Path folder) {
        this.stack = stack;
        this.report = report;
        this.folder = folder;
    }

    void measure(String workspace, String path) {
        Path repository = folder.resolve("git-" + workspace);
        if (!Files.exists(repository)) {
            Child.Outcome export = Child.run(folder, Child.java("dev.heddle.cli.runtime.CliMain",
                List.of("-XX:+UseSerialGC", "-Xmx1g"), List.of("export", workspace, "--git", repository.toString(),
                    "--server", stack.gatewayUrl())));
            report.row("heddle export " + workspace + " --git", "%.1f s", export.elapsedMs() / MS_PER_S);
        }
        String commits = Child.run(repository, List.of("git", "rev-list", "--count", "HEAD")).output().trim();
        String middle = Child.run(repository, List.of("git", "rev-list", "--skip",
            String.valueOf(Long.parseLong(commits) / 2), "-n", "1", "HEAD")).output().trim();
        report.row("git blame of the file, " + commits + " commits", "%.1f s",
            git(repository, "blame", "-s", "HEAD", "--", path) / MS_PER_S);
        report.row("git show of the file half way", "%.0f ms", git(repository, "show", middle + ":" + path));
        report.row("git checkout of the commit half way", "%.0f ms", git(repository, "checkout", "-q", middle));
        git(repository, "checkout", "-q", "-f", "-");
    }

    private static double git(Path repository, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Child.run(repository, command).elapsedMs();
    }
}
