package dev.heddle.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joining a workspace, reading files of long ago, and blame, through the gateway. */
final class ReadFigures {

    private static final int TIMES = 15;

    private final Rest rest;
    private final Report report;

    ReadFigures(Stack stack, Report report) {
        this.rest = new Rest(stack.gatewayUrl());
        this.report = report;
    }

    /** What a page does that joins and opens every file: the tree, then all texts, one after the other. */
    void join(String workspace) {
        String base = "/api/workspaces/" + workspace + "/files";
        for (String when : List.of("first time", "again")) {
            Stopwatch watch = new Stopwatch();
            JsonNode tree = rest.json(base);
            double treeMs = watch.elapsedMs();
            long characters = 0;
            for (JsonNode file : tree) {
                characters += rest.get(base + "/" + file.path("path").asText()).length();
            }
            report.row("joining, " + when + ": tree of " + tree.size() + " files", "%.0f ms", treeMs);
            report.row("joining, " + when + ": the tree and every text, " + characters + " characters", "%.0f ms",
                watch.elapsedMs());
        }
    }

    /** A file as of early, middle and late versions. */
    void versions(String workspace, long head) {
        String base = "/api/workspaces/" + workspace;
        String path = rest.json(base + "/files").path(0).path("path").asText();
        for (long version : new long[] {1, 2_000, head / 2, head / 2 + 3,
            Math.max(1, head - 50_000), head}) {
            String target = base + "/files/" + path + "?version=" + version;
            Stopwatch watch = new Stopwatch();
            int length = version == 1 ? rest.get(base + "/files?version=1").length() : rest.get(target).length();
            double firstMs = watch.elapsedMs();
            watch = new Stopwatch();
            String again = version == 1 ? rest.get(base + "/files?version=1") : rest.get(target);
            report.row((version == 1 ? "tree" : "file of " + length + " characters") + " at version " + version,
                "%.0f ms, again %.0f ms", firstMs, watch.elapsedMs() + 0 * again.length());
        }
    }

    void blame(String workspace, String path) {
        String target = "/api/workspaces/" + workspace + "/files/" + path;
        int runs = rest.json(target + "/blame").path("runs").size();
        report.row("blame of " + rest.get(target).length() + " characters: " + runs + " runs, as JSON", "%.0f ms",
            median(() -> rest.get(target + "/blame")));
        report.row("its text alone", "%.0f ms", median(() -> rest.get(target)));
        long middle = rest.version(workspace) / 2;
        report.row("its text at version " + middle, "%.0f ms", median(() -> rest.get(target + "?version=" + middle)));
        report.row("its blame at version " + middle, "%.0f ms",
            median(() -> rest.get(target + "/blame?version=" + middle)));
    }

    private static double median(Runnable call) {
        List<Double> times = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            Stopwatch watch = new Stopwatch();
            call.run();
            times.add(watch.elapsedMs());
        }
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(TIMES / 2).findFirst().orElseThrow();
    }
}
