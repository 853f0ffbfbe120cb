package dev.heddle.bench.history;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** What a million one-character operations take on the broker's disk, before and after compaction. */
final class DiskFigures {

    private static final double MEBIBYTE = 1 << 20;
    private static final long QUIET_MS = 8_000;
    private static final long PATIENCE_MS = 150_000;
    private static final long PAUSE_MS = 500;

    private final Stack stack;
    private final Path raw;
    private final Path canonical;
    private final Path snapshots;

    DiskFigures(Stack stack, String workspace, int shards) {
        this.stack = stack;
        int shard = Shards.of(workspace, shards);
        raw = stack.kafkaFolder().resolve(Topics.opsTopic(workspace, shards) + "-0");
        canonical = stack.kafkaFolder().resolve(Topics.CANONICAL + "-" + shard);
        snapshots = stack.kafkaFolder().resolve(Topics.SNAPSHOTS + "-" + shard);
    }

    void print(Report report, String when) {
        report.row("raw topic, " + when, "%.0f MiB", bytes(raw) / MEBIBYTE);
        report.row("canonical topic, " + when, "%.0f MiB", bytes(canonical) / MEBIBYTE);
        report.row("snapshots topic, " + when, "%.1f MiB", bytes(snapshots) / MEBIBYTE);
    }

    /** Has the broker close and compact its segments now, and waits until the sizes stay. */
    void compact() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            for (String topic : List.of(Topics.CANONICAL, Topics.SNAPSHOTS)) {
                admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(
                    set("segment.ms", "1000"), set("min.cleanable.dirty.ratio", "0.01"),
                    set("delete.retention.ms", "100")))).all().get();
            }
        }
        Stopwatch watch = new Stopwatch();
        Stopwatch quiet = new Stopwatch();
        long last = bytes(canonical);
        while (quiet.elapsedMs() < QUIET_MS && watch.elapsedMs() < PATIENCE_MS) {
            Thread.sleep(PAUSE_MS);
            long now = bytes(canonical);
            if (now != last) {
                quiet = new Stopwatch();
            }
            last = now;
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log")).mapToLong(DiskFigures::size)
                .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException deletedMeanwhile) {
            return 0;
        }
    }
}
