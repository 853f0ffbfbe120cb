package dev.heddle.bench.history;

import dev.heddle.embedded.Ports;
import dev.heddle.snapshotter.SnapshotterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a snapshotter in a process of its own takes, before and after it was asked for every file of a workspace. */
final class MemoryFigures {

    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTE = 1 << 10;
    private static final int STOP_S = 30;

    private final Stack stack;
    private final Report report;
    private final Path folder;

    MemoryFigures(Stack stack, Report report, Path folder) {
        this.stack = stack;
        this.report = report;
        this.folder = folder;
    }

    void measure(String workspace, int files) throws IOException, InterruptedException {
        int port = Ports.free();
        List<String> arguments = new ArrayList<>();
        stack.settings("apart", SnapshotterConfig.HTTP_PORT, String.valueOf(port), "application.id",
            "heddle-snapshotter-apart").forEach((name, value) -> arguments.add(name + "=" + value));
        List<String> command = Child.java("dev.heddle.snapshotter.SnapshotterMain",
            List.of("-Xmx1g", "-XX:+UseSerialGC"), arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(folder.resolve("snapshotter.log").toFile()).start();
        try {
            Rest rest = new Rest("http://127.0.0.1:" + port);
            Stack.await("a snapshotter of its own", () -> answers(rest, "/health/ready"));
            print(process, "before any file is asked for");
            rest.json("/workspaces/" + workspace + "/files").path("files").forEach(file ->
                rest.get("/workspaces/" + workspace + "/file-ids/" + file.path("file").asText()));
            print(process, "holding " + files + " files of " + Workloads.FILE_CODE_POINTS + " characters");
        } finally {
            process.destroy();
            process.waitFor(STOP_S, TimeUnit.SECONDS);
        }
    }

    private static boolean answers(Rest rest, String path) {
        try {
            rest.get(path);
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private void print(Process process, String when) throws IOException {
        String pid = String.valueOf(process.pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Child.run(folder, List.of(jcmd, pid, "GC.run"));
        String histogram = Child.run(folder, List.of(jcmd, pid, "GC.class_histogram")).output();
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        String status = Files.readString(Path.of("/proc", pid, "status"));
        Matcher resident = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        if (total.find() && resident.find()) {
            report.row("snapshotter " + when, "%.0f MiB live on the heap, %.0f MiB resident",
                Long.parseLong(total.group(1)) / MEBIBYTE, Long.parseLong(resident.group(1)) / KIBIBYTE);
        }
    }
}
