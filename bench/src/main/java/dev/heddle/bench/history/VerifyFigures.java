package dev.heddle.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The proof of a workspace by the command line's own process, against a plain scan of the same topics. */
final class VerifyFigures {

    private static final double MS_PER_S = 1_000;
    private static final int TIMES = 5;
    /** As the script {@code heddle} starts the verbs that read whole logs. */
    private static final List<String> JAVA_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:MaxInlineLevel=6",
        "-XX:InlineSmallCode=1000", "-XX:FreqInlineSize=120", "-XX:Tier4InvocationThreshold=30000",
        "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=60000", "-XX:NewRatio=1",
        "-XX:MetaspaceSize=64m");

    private final Stack stack;
    private final Report report;
    private final Path folder;

    VerifyFigures(Stack stack, Report report, Path folder) {
        this.stack = stack;
        this.report = report;
        this.folder = folder;
    }

    void verify(String workspace) throws IOException {
        List<String> verb = List.of("verify", workspace, "--json", "--kafka", stack.bootstrapServers(), "--registry",
            stack.registryUrl());
        List<String> command = new ArrayList<>(onOneCore());
        command.addAll(Child.java("dev.heddle.cli.runtime.CliMain", JAVA_OPTIONS, verb));
        Child.Outcome outcome = Child.run(folder, command);
        JsonNode answer = new ObjectMapper().readTree(outcome.output());
        if (!answer.path("proven").asBoolean()) {
            throw new IllegalStateException(outcome.output());
        }
        long operations = answer.path("head").path("version").asLong();
        report.row("verify " + operations + " versions on one core, the process from start to end",
            "%.1f s: %,.0f ops/s; %.1f s of processor time", outcome.elapsedMs() / MS_PER_S,
            operations / outcome.elapsedMs() * MS_PER_S, outcome.cpuMs() / MS_PER_S);
        again(operations, verb);
    }

    /** What each further million costs, once Java has compiled what runs often. */
    private void again(long operations, List<String> verb) {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(TIMES)));
        arguments.addAll(verb);
        List<String> command = new ArrayList<>(onOneCore());
        command.addAll(Child.java("dev.heddle.bench.history.VerifyRuns", JAVA_OPTIONS, arguments));
        String[] lines = Child.run(folder, command).output().strip().split("\n");
        for (int time = 1; time < lines.length; time++) {
            String[] figures = lines[time].split(" ");
            double elapsedMs = Double.parseDouble(figures[0]);
            double cpuMs = Double.parseDouble(figures[1]);
            report.row("the same in one process on one core, for the " + (time + 1) + ". time",
                "%.1f s: %,.0f ops/s; %.1f s of processor time: %,.0f ops/s of it", elapsedMs / MS_PER_S,
                operations / elapsedMs * MS_PER_S, cpuMs / MS_PER_S, operations / cpuMs * MS_PER_S);
        }
    }

    private List<String> onOneCore() {
        try {
            Child.run(folder, List.of("taskset", "-c", "0", "true"));
            return List.of("taskset", "-c", "0");
        } catch (RuntimeException none) {
            return List.of();
        }
    }

    /** The floor: all records of both topics, fetched and not looked at. */
    void scan(String workspace, int shards) {
        TopicPartition raw = new TopicPartition(Topics.opsTopic(workspace, shards), 0);
        TopicPartition canonical = new TopicPartition(Topics.CANONICAL, Shards.of(workspace, shards));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
            stack.bootstrapServers(), "auto.offset.reset", "earliest", "max.poll.records", "5000",
            "max.partition.fetch.bytes", "8388608"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(raw, canonical));
            consumer.seekToBeginning(List.of(raw, canonical));
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(raw, canonical));
            Stopwatch watch = new Stopwatch();
            long records = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            report.row("plain scan of its raw and canonical records, " + records + " of them",
                "%.1f s: %,.0f records/s", watch.elapsedMs() / MS_PER_S, records / watch.elapsedMs() * MS_PER_S);
        }
    }
}
