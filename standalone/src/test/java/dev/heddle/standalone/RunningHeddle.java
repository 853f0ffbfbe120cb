package dev.heddle.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.Snapshot;
import dev.heddle.embedded.Ports;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import dev.heddle.teststack.WireCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Everything {@code ./heddle dev} runs, in this JVM, on free ports and a temporary folder; one for all tests. */
final class RunningHeddle implements AutoCloseable {

    private final DevSettings settings;
    private DataDirectory directory;
    private DevStack stack;

    private RunningHeddle(Path root) {
        this.settings = new DevSettings(Ports.free(), Ports.free(), Ports.free(), root, false);
        start();
    }

    /** The one of this JVM; stopped with it. */
    static RunningHeddle shared() {
        return Shared.HEDDLE;
    }

    /** One of one's own, to be closed. */
    static RunningHeddle in(Path root) {
        return new RunningHeddle(root);
    }

    @Override
    public void close() {
        stop();
    }

    void stop() {
        stack.close();
        directory.close();
    }

    String gateway() {
        return "127.0.0.1:" + settings.port();
    }

    String kafka() {
        return "127.0.0.1:" + settings.kafkaPort();
    }

    String registryUrl() {
        return "http://127.0.0.1:" + settings.registryPort() + "/apis/ccompat/v7";
    }

    HeddleRest rest() {
        return new HeddleRest(gateway());
    }

    HeddleSocket socket(String workspace) {
        return new HeddleSocket(gateway(), workspace, UUID.randomUUID().toString());
    }

    /** Creates a workspace with a name of its own. */
    Workspace workspace(String prefix) {
        String name = TestStack.workspace(prefix);
        JsonNode created = rest().createWorkspace(name);
        return new Workspace(name, created.get("topics").get("ops").textValue());
    }

    /** The text of a file as {@code heddle.snapshots} has it once a snapshot covers a version. */
    String snapshotText(String workspace, String path, long version) {
        WireCodec codec = new WireCodec(registryUrl());
        Snapshot[] found = new Snapshot[1];
        int[] looked = {0};
        try (TopicReader reader = new TopicReader(kafka(), "heddle.snapshots")) {
            reader.readUntil(records -> {
                for (; looked[0] < records.size(); looked[0]++) {
                    byte[] value = records.get(looked[0]).value();
                    Snapshot snapshot = value == null ? null : codec.decode(value, Snapshot.class);
                    if (snapshot != null && snapshot.getWorkspace().equals(workspace)
                        && snapshot.getPath().equals(path) && snapshot.getVersion() >= version) {
                        found[0] = snapshot;
                    }
                }
                return found[0] != null;
            });
        }
        return found[0].getText();
    }

    void start() {
        directory = DataDirectory.open(settings.dataDirectory());
        stack = new DevStack(settings, directory, new Progress(System.out));
        try {
            stack.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A created workspace and the topic that takes its submissions. */
    record Workspace(String name, String opsTopic) {
    }

    private static final class Shared {
        private static final RunningHeddle HEDDLE = start();

        private static RunningHeddle start() {
            try {
                RunningHeddle heddle = new RunningHeddle(Files.createTempDirectory("heddle-it"));
                Runtime.getRuntime().addShutdownHook(new Thread(heddle::close));
                return heddle;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
