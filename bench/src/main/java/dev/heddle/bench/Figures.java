package dev.heddle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of the engine and prints the tables of {@code bench/README.md}. */
public final class Figures {

    private static final Path OUT = Path.of("bench", "target", "figures.md");

    private final StringBuilder out = new StringBuilder();

    private Figures() {
    }

    /**
     * Runs everything, or what the arguments say.
     *
     * @param arguments JMH's own, as {@code -wi 2 -i 3}
     * @throws Exception where a benchmark fails or the tables cannot be written
     */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().parent(new CommandLineOptions(arguments))
            .addProfiler(GCProfiler.class).build()).run();
        Figures figures = new Figures();
        figures.traces(results);
        figures.others(results);
        Files.writeString(OUT, figures.out);
        System.out.println(figures.out);
    }

    private void traces(Collection<RunResult> results) {
        line("| whole trace | decide+replay | bytes/op | decide | rope alone | transform | compose | `StringBuilder` "
            + "| times the floor |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (RunResult engine : results) {
            if (!name(engine).equals("TraceBenchmark.decideAndReplay")) {
                continue;
            }
            String trace = engine.getParams().getParam("trace");
            double nanos = nanos(engine);
            double floor = nanos(find(results, "stringBuilder", trace));
            double perTrace = operations(engine) / engine.getPrimaryResult().getScore();
            line("| %s | %.0f ns, %.2f M ops/s | %,.0f | %.0f ns | %.0f ns | %.0f ns | %.0f ns | %.0f ns | %.1f |",
                trace, nanos, operations(engine) / 1e6, bytes(engine) / perTrace,
                nanos(find(results, "decideTwiceAndReplay", trace)) - nanos,
                nanos(find(results, "apply", trace)), nanos(find(results, "transform", trace)),
                nanos(find(results, "compose", trace)), floor, nanos / floor);
        }
        line("");
    }

    private void others(Collection<RunResult> results) {
        line("| benchmark | parameter | one operation | ± | bytes/op |");
        line("| --- | --- | --- | --- | --- |");
        for (RunResult result : results) {
            if (name(result).startsWith("TraceBenchmark")) {
                continue;
            }
            Result<?> score = result.getPrimaryResult();
            StringBuilder parameters = new StringBuilder();
            for (String key : result.getParams().getParamsKeys()) {
                parameters.append(key).append(' ').append(result.getParams().getParam(key));
            }
            line("| `%s` | %s | %,.1f %s | %,.1f | %,.0f |", name(result), parameters, score.getScore(),
                score.getScoreUnit().replace("/op", ""), score.getScoreError(), bytes(result));
        }
    }

    private static String name(RunResult result) {
        return result.getParams().getBenchmark().replace("dev.heddle.bench.", "");
    }

    private static RunResult find(Collection<RunResult> results, String name, String trace) {
        return results.stream()
            .filter(result -> name(result).equals("TraceBenchmark." + name)
                && trace.equals(result.getParams().getParam("trace")))
            .findFirst().orElseThrow(() -> new IllegalStateException(name + " of " + trace + " did not run"));
    }

    private static double nanos(RunResult result) {
        return 1e9 / operations(result);
    }

    private static double operations(RunResult result) {
        return result.getSecondaryResults().get("operations").getScore();
    }

    private static double bytes(RunResult result) {
        double bytes = 0;
        for (String key : result.getSecondaryResults().keySet()) {
            bytes += key.endsWith("gc.alloc.rate.norm") ? result.getSecondaryResults().get(key).getScore() : 0;
        }
        return bytes;
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
