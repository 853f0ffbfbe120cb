package dev.heddle.bench.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures history on a real broker, registry and the three services, all in this process on one machine; what is
 * loaded stays in a folder, so that the pieces can be run one by one.
 */
public final class HistoryBench {

    private static final int SHARDS = 4;
    private static final double MS_PER_S = 1_000;
    private static final List<String> PIECES = List.of("load", "join", "versions", "restart", "blame", "verify", "git",
        "memory", "compact");

    private final Stack stack;
    private final Path folder;
    private final Report report = new Report(System.out);
    private final long operations;

    private HistoryBench(Stack stack, Path folder, long operations) {
        this.stack = stack;
        this.folder = folder;
        this.operations = operations;
    }

    /**
     * Runs pieces in the order of their list.
     *
     * @param arguments the folder, how many operations the large history has, and the pieces; all of them where none
     *                  is named
     * @throws Exception where a piece fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Set<String> pieces = new LinkedHashSet<>(List.of(arguments).subList(2, arguments.length));
        if (!PIECES.containsAll(pieces)) {
            System.err.println("history takes any of " + PIECES + ", not " + pieces);
            System.exit(2);
        }
        try {
            measure(folder, Long.parseLong(arguments[1]), pieces.isEmpty() ? Set.copyOf(PIECES) : pieces);
        } catch (Exception | Error failed) {
            failed.printStackTrace();
            // The services' threads would go on for ever.
            System.exit(1);
        }
        System.exit(0);
    }

    private static void measure(Path folder, long operations, Set<String> pieces) throws Exception {
        try (Stack stack = Stack.start(folder)) {
            HistoryBench bench = new HistoryBench(stack, folder, operations);
            for (String piece : PIECES) {
                if (pieces.contains(piece)) {
                    bench.run(piece);
                }
            }
        }
    }

    private void run(String piece) throws Exception {
        report.section(piece);
        ReadFigures reads = new ReadFigures(stack, report);
        DiskFigures disk = new DiskFigures(stack, Workloads.MILLION, SHARDS);
        switch (piece) {
            case "load" -> {
                load(Workloads.MILLION, loader -> Workloads.million(loader, operations));
                disk.print(report, "as written");
                load(Workloads.MEGABYTE, Workloads::megabyte);
                load(Workloads.FILES, Workloads::files);
            }
            case "join" -> join(reads);
            case "versions" -> reads.versions(Workloads.MILLION, operations);
            case "restart" -> restart(reads);
            case "blame" -> reads.blame(Workloads.MEGABYTE, "book.txt");
            case "verify" -> {
                VerifyFigures figures = new VerifyFigures(stack, report, folder);
                figures.scan(Workloads.MILLION, SHARDS);
                figures.verify(Workloads.MILLION);
            }
            case "git" -> new GitFigures(stack, report, folder).measure(Workloads.MEGABYTE, "book.txt");
            case "memory" -> new MemoryFigures(stack, report, folder).measure(Workloads.FILES, Workloads.FILES_COUNT);
            default -> {
                disk.print(report, "before");
                disk.compact();
                disk.print(report, "after compaction");
            }
        }
    }

    private void load(String workspace, Consumer<Loader> workload) throws InterruptedException {
        Rest rest = new Rest(stack.gatewayUrl());
        rest.createWorkspace(workspace);
        if (rest.version(workspace) > 0) {
            report.row("load " + workspace, "is there at version %,d", rest.version(workspace));
            return;
        }
        Stopwatch watch = new Stopwatch();
        long version;
        try (Loader loader = new Loader(stack, workspace, SHARDS)) {
            workload.accept(loader);
            version = loader.version();
        }
        double writtenMs = watch.elapsedMs();
        Stack.await(workspace + " at version " + version, () -> rest.version(workspace) >= version);
        report.row("load " + workspace + ": " + version + " operations written, then ordered and folded",
            "%.1f s, %.1f s in all", writtenMs / MS_PER_S, watch.elapsedMs() / MS_PER_S);
    }

    private void join(ReadFigures reads) throws InterruptedException {
        reads.join(Workloads.MILLION);
        stack.stopSnapshotter();
        Stopwatch watch = new Stopwatch();
        stack.startSnapshotter(folder.resolve("state").resolve("fresh-" + System.currentTimeMillis()));
        report.row("a snapshotter with nothing on its disk is ready", "%.1f s", watch.elapsedMs() / MS_PER_S);
        reads.join(Workloads.MILLION);
    }

    /** What milestones on disk are for: time travel right after a restart. */
    private void restart(ReadFigures reads) throws InterruptedException {
        stack.stopSnapshotter();
        Stopwatch watch = new Stopwatch();
        stack.startSnapshotter(stack.snapshotterState());
        report.row("a restarted snapshotter is ready", "%.1f s", watch.elapsedMs() / MS_PER_S);
        reads.versions(Workloads.MILLION, operations);
    }
}
