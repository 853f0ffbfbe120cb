package dev.heddle.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.Seeds;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole installation, each part a process of its own. Longer with {@code -Dheddle.chaos.seconds=240}, which also uses
 * the settings an operator gets instead of brisker ones.
 */
@Timeout(1_800)
class ProcessesST {

    private static final int SHORT_SECONDS = 15;
    private static final int SECONDS = Integer.getInteger("heddle.chaos.seconds", SHORT_SECONDS);
    private static final boolean LONG = SECONDS > SHORT_SECONDS;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(LONG ? ClusterSettings.asInstalled() : ClusterSettings.brisk(), directory);
        cluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldLoseDoubleAndReorderNothingWhenProcessesAreKilledAndPaused() {
        long seed = Seeds.seed("ProcessesST");
        ChaosSettings settings = ChaosSettings.twentyWriters(seed, SECONDS * 1_000L, LONG ? 4_000 : 2_000,
            LONG ? 6_000 : 3_000);
        try (ChaosRun run = new ChaosRun(cluster, settings)) {
            ChaosReport report = run.run();
            System.out.println(report);
            assertThat(report.acknowledged()).isGreaterThan(100);
            assertThat(report.count(Fault.Kind.KILL)).isPositive();
        }
    }

    /** SIGTERM drains: what is in flight is answered, clients are told to connect again, and find another gateway. */
    @Test
    void shouldLoseNothingWhenGatewaysAreRestartedOneAfterTheOther() {
        ChaosSettings settings = ChaosSettings.twentyWriters(Seeds.seed("ProcessesST.rolling"), 0, 1_000, 3_000);
        try (ChaosRun run = new ChaosRun(cluster, settings)) {
            ChaosReport report = run.run(this::restartGateways);
            System.out.println(report);
            assertThat(report.count(Fault.Kind.TERMINATE)).isEqualTo(cluster.gateways().size());
        }
    }

    private void restartGateways(Journal journal) {
        List<ChildProcess> gateways = cluster.processes(Cluster.Role.GATEWAY);
        for (int i = 0; i < gateways.size(); i++) {
            Pause.ms(1_000);
            List<String> told = new CopyOnWriteArrayList<>();
            try (SocketFrames witness = witness(cluster.gateways().get(i), told)) {
                long start = System.nanoTime();
                journal.add(new Fault(Fault.Kind.TERMINATE, Cluster.Role.GATEWAY, i, start, 0));
                gateways.get(i).terminate();
                assertThat(witness.closeCode()).isEqualTo(4501);
                assertThat(told).endsWith("error SHUTTING_DOWN");
                assertThat(gateways.get(i).awaitExit(30_000)).isEqualTo(ChaosRun.TERMINATED);
            }
            gateways.get(i).start();
            cluster.awaitReady(60_000);
        }
    }

    /** Somebody who only listens, in a workspace of the gateways' own that always exists. */
    private static SocketFrames witness(String gateway, List<String> told) {
        HeddleRest rest = new HeddleRest(gateway);
        String workspace = rest.json("/api/workspaces").path(0).path("name").asText();
        SocketFrames frames = new SocketFrames(URI.create("ws://" + gateway + "/api/workspaces/" + workspace
            + "/socket"), "heddle.v1", message -> {
                if (!message.path("type").asText().equals("op")) {
                    told.add(message.path("type").asText() + " " + message.path("code").asText());
                }
            });
        frames.send("{\"type\":\"hello\",\"session\":\"" + UUID.randomUUID() + "\"}");
        while (told.stream().noneMatch(message -> message.startsWith("welcome"))) {
            Pause.ms(20);
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.heddle.transformer.TransformerMain", "dev.heddle.snapshotter.SnapshotterMain",
        "dev.heddle.gateway.GatewayMain"})
    void shouldNameTheSettingAndEndWithStatusTwoWhenItIsMissing(String main) {
        ChildProcess process = new ChildProcess("misconfigured", 64, main,
            List.of("schema.registry.url=http://127.0.0.1:1"), directory.resolve(main + ".log"));
        process.start();
        assertThat(process.awaitExit(60_000)).isEqualTo(2);
        assertThat(process.output()).contains("bootstrap.servers").doesNotContain("\tat ");
    }
}
