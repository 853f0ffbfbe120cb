package dev.heddle.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: a part that is away, or a disk that is full, is said clearly, typing is refused with UNAVAILABLE, and nothing
 * is lost once it is back.
 * Method: one process of each kind; the part is taken away under a writer that goes on; then the whole log is checked
 * by the independent model. Takes about four minutes: with {@code -Dheddle.chaos.absence=true}.
 */
@EnabledIfSystemProperty(named = "heddle.chaos.absence", matches = "true")
@Timeout(600)
class AbsenceST {

    private static final ClusterSettings ONE_OF_EACH = new ClusterSettings(1, 1, 1, 1, 192, Map.of(), Map.of(
        "heddle.gateway.delivery.timeout.ms", "2000", "heddle.gateway.deadline.ms", "3000",
        "heddle.gateway.probe.interval.ms", "2000", "session.timeout.ms", "6000"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;
    private static Cluster cluster;
    private static HeddleRest rest;
    private static int workspaces;

    /** Services first, brokers and registry only when all of them have complained: order does not matter. */
    @BeforeAll
    static void startServicesBeforeWhatTheyNeed() throws Exception {
        Assumptions.assumeTrue(mount(stateDirectory(), 24) && mount(snapshotterDirectory(), 24)
                && mount(brokerDirectory(), 200),
            "no tmpfs can be mounted here (expected: root, Linux)");
        cluster = new Cluster(ONE_OF_EACH, directory);
        List<ChildProcess> services = cluster.all().filter(each -> !each.name().startsWith("broker")).toList();
        services.forEach(ChildProcess::start);
        for (ChildProcess service : services) {
            awaitOutput(service, "trying again");
            assertThat(service.alive()).isTrue();
        }
        cluster.processes(Cluster.Role.BROKER).forEach(ChildProcess::start);
        cluster.startRegistry();
        cluster.awaitReady(120_000);
        rest = new HeddleRest(cluster.gateways().get(0));
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        for (Path mounted : List.of(stateDirectory(), snapshotterDirectory(), brokerDirectory())) {
            new ProcessBuilder("umount", "-l", mounted.toString()).start().waitFor();
        }
    }

    private static Path stateDirectory() {
        return directory.resolve("transformer-state-1");
    }

    private static Path snapshotterDirectory() {
        return directory.resolve("snapshotter-state-1");
    }

    private static Path brokerDirectory() {
        return directory.resolve("broker-state-1");
    }

    private static boolean mount(Path path, int mb) throws Exception {
        Files.createDirectories(path);
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + mb + "m", "tmpfs", path.toString()).start()
            .waitFor() == 0;
    }

    private static void remount(Path path, String access) throws Exception {
        assertThat(new ProcessBuilder("mount", "-o", "remount," + access, path.toString()).inheritIO().start()
            .waitFor()).isZero();
    }

    private static void awaitOutput(ChildProcess process, String text) {
        awaitOutput(process, text, 0);
    }

    /** Waits for what it says after so many characters of output. */
    private static void awaitOutput(ChildProcess process, String text, int from) {
        long start = System.nanoTime();
        while (process.output().indexOf(text, from) < 0) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(90)) {
                throw new AssertionError(process.name() + " never said '" + text + "':\n" + process.logTail());
            }
            Pause.ms(50);
        }
    }

    private static String workspace() {
        String name = "absence-" + ++workspaces;
        rest.createWorkspace(name);
        return name;
    }

    /** {@return the answer to an operation that appends a line to the file of a writer of its own} */
    private static JsonNode write(String workspace, int number) {
        return HeddleRest.parse(rest.send("PUT", "/api/workspaces/" + workspace + "/files/" + number + ".txt",
            "text " + number, "Content-Type", "text/plain; charset=utf-8").body());
    }

    private static void awaitWrite(String workspace, int number) {
        long start = System.nanoTime();
        JsonNode answer = write(workspace, number);
        while (!answer.has("version")) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(90)) {
                throw new AssertionError("not accepted within 90 s: " + answer);
            }
            Pause.ms(200);
            answer = write(workspace, number);
        }
    }

    private static void awaitUnavailable(String workspace, int first, String saying) {
        long start = System.nanoTime();
        int number = first;
        JsonNode answer = write(workspace, number);
        while (!answer.path("code").asText().equals("UNAVAILABLE")
            || !answer.path("detail").asText().contains(saying)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("not refused within 60 s: " + answer);
            }
            Pause.ms(100);
            answer = write(workspace, ++number);
        }
    }

    private static ModelWorkspace checked(String workspace) {
        HistoryChecker history =
            new HistoryChecker(cluster.bootstrapServers(), new WireCodec(cluster.registryUrl()));
        history.readCanonical();
        return history.workspace(workspace);
    }

    @Test
    void shouldGoOnTypingWhenTheRegistryIsAway() {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        cluster.stopRegistry();
        awaitWrite(workspace, 2);
        awaitWrite(workspace, 3);
        cluster.startRegistry();
        awaitWrite(workspace, 4);
        assertThat(checked(workspace).files()).containsEntry("2.txt", "text 2").hasSize(4);
    }

    @Test
    void shouldRefuseWithUnavailableAndGoOnWhenTheBrokerIsAway() {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        ChildProcess broker = cluster.processes(Cluster.Role.BROKER).get(0);
        broker.kill();
        awaitUnavailable(workspace, 2, "");
        assertThat(rest.send("GET", "/health/ready", null).statusCode()).isIn(200, 503);
        broker.start();
        awaitWrite(workspace, 2);
        awaitWrite(workspace, 3);
        cluster.awaitReady(90_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("3.txt", "text 3");
    }

    @Test
    void shouldRefuseWithUnavailableWhileTheTransformersDiskIsFullAndLoseNothingOnceThereIsRoom() throws IOException {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        ChildProcess transformer = cluster.processes(Cluster.Role.TRANSFORMER).get(0);
        Path filler = stateDirectory().resolve("filler");
        fill(filler);
        // Killed and started again, as it would be: what it needs first is room.
        transformer.kill();
        transformer.start();
        try {
            // Once probes have been silent for a while, nothing more is taken that nobody would order.
            awaitUnavailable(workspace, 2, "nobody has ordered operations of shard");
            awaitOutput(transformer, "No space left on device");
        } finally {
            Files.delete(filler);
            if (!transformer.alive()) {
                transformer.start();
            }
        }
        awaitWrite(workspace, 1_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("1000.txt", "text 1000");
    }

    @Test
    void shouldRefuseWithUnavailableWhileTheBrokersDiskIsFullAndLoseNothingOnceThereIsRoom() throws IOException {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        ChildProcess broker = cluster.processes(Cluster.Role.BROKER).get(0);
        Path filler = brokerDirectory().resolve("filler");
        fill(filler);
        try {
            awaitUnavailable(workspace, 2, "");
        } finally {
            Files.delete(filler);
        }
        // Kafka takes a directory that failed out of service, and ends where it was the only one.
        broker.kill();
        assertThat(broker.output()).containsAnyOf("No space left on device", "unsafe memory access", "SIGBUS");
        broker.start();
        awaitWrite(workspace, 1_000);
        cluster.awaitReady(90_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("1000.txt", "text 1000");
    }

    @Test
    void shouldRefuseWithUnavailableWhileTheSnapshottersDiskIsFullAndLoseNothingOnceThereIsRoom() throws IOException {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        ChildProcess snapshotter = cluster.processes(Cluster.Role.SNAPSHOTTER).get(0);
        Path filler = snapshotterDirectory().resolve("filler");
        fill(filler);
        int before = snapshotter.output().length();
        snapshotter.kill();
        snapshotter.start();
        try {
            // A file is written on top of what was read, and there is nobody to read from.
            awaitUnavailable(workspace, 2, "");
            // It ends, and whoever looks after processes starts it again: with as little success until there is room.
            assertThat(snapshotter.awaitExit(60_000)).isEqualTo(1);
            assertThat(snapshotter.output().substring(before)).contains("could not start")
                .contains("No space left on device");
        } finally {
            Files.delete(filler);
            snapshotter.kill();
            snapshotter.start();
        }
        awaitWrite(workspace, 1_000);
        cluster.awaitReady(90_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("1000.txt", "text 1000");
        assertThat(rest.send("GET", "/api/workspaces/" + workspace + "/files/1000.txt", null).body())
            .isEqualTo("text 1000");
    }

    /** Root may write wherever it likes, so the place itself refuses. */
    @ParameterizedTest
    @EnumSource(value = Cluster.Role.class, names = {"BROKER", "TRANSFORMER", "SNAPSHOTTER"})
    void shouldEndWithAClearErrorWhileItsFolderCannotBeWrittenAndLoseNothingOnceItCan(Cluster.Role role)
        throws Exception {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        ChildProcess process = cluster.processes(role).get(0);
        Path folder = directory.resolve(role.name().toLowerCase(Locale.ROOT) + "-state-1");
        int before = process.output().length();
        process.kill();
        remount(folder, "ro");
        try {
            process.start();
            awaitUnavailable(workspace, 2, "");
            assertThat(process.awaitExit(60_000)).isEqualTo(1);
            assertThat(process.output().substring(before)).contains("could not start").contains(folder.toString());
        } finally {
            remount(folder, "rw");
            if (!process.alive()) {
                process.start();
            }
        }
        awaitWrite(workspace, 1_000);
        cluster.awaitReady(90_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("1000.txt", "text 1000");
    }

    @Test
    void shouldNameTheRegistryAndGoOnOnceItIsThereWhenItIsAwayAtAStart() {
        String workspace = workspace();
        awaitWrite(workspace, 1);
        cluster.stopRegistry();
        List<ChildProcess> services = cluster.all().filter(each -> !each.name().startsWith("broker")).toList();
        for (ChildProcess service : services) {
            int before = service.output().length();
            service.kill();
            service.start();
            awaitOutput(service, "trying again", before);
            assertThat(service.output().substring(before)).contains(cluster.registryUrl());
            assertThat(service.alive()).isTrue();
        }
        cluster.startRegistry();
        cluster.awaitReady(90_000);
        awaitWrite(workspace, 1_000);
        assertThat(checked(workspace).files()).containsEntry("1.txt", "text 1").containsEntry("1000.txt", "text 1000");
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("No space left");
        }
    }

    @Test
    void shouldNameTheDirectoryAndEndWithStatusOneWhenStateCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("in-the-way-" + System.nanoTime()));
        for (String main : List.of("transformer.TransformerMain", "snapshotter.SnapshotterMain")) {
            ChildProcess process = new ChildProcess("unwritable", 96, "dev.heddle." + main, List.of(
                "bootstrap.servers=" + cluster.bootstrapServers(), "schema.registry.url=" + cluster.registryUrl(),
                "state.dir=" + file, "application.id=unwritable", "heddle." + main.split("\\.")[0] + ".http.port=0"),
                directory.resolve(main + "-unwritable.log"));
            process.start();
            assertThat(process.awaitExit(60_000)).isEqualTo(1);
            assertThat(process.output()).contains("could not start").contains(file.toString());
        }
    }
}
