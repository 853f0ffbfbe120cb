package dev.heddle.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long nobody can type after one fault, with nothing else wrong and the settings an operator gets; with
 * {@code -Dheddle.measure=true}. Which faults: {@code -Dheddle.faults=KILL:BROKER,PAUSE:GATEWAY}, all by default; how
 * often each: {@code -Dheddle.rounds=3}. That nothing is lost is asserted; times are printed for
 * docs/internals/chaos.md.
 */
@EnabledIfSystemProperty(named = "heddle.measure", matches = "true")
@Timeout(1_800)
class RecoveryST {

    private static final int ROUNDS = Integer.getInteger("heddle.rounds", 3);
    private static final String ALL = "KILL:TRANSFORMER,LONG_PAUSE:TRANSFORMER,TERMINATE:TRANSFORMER,KILL:GATEWAY,"
        + "TERMINATE:GATEWAY,KILL:SNAPSHOTTER,KILL:BROKER,TERMINATE:BROKER,LONG_PAUSE:BROKER";
    private static final long CALM_MS = 3_000;
    private static final long LIMIT_MS = 90_000;
    /** Before it is started again; what is paused is paused for longer than every session. */
    private static final Map<Fault.Kind, Long> DURATION_MS = Map.of(Fault.Kind.KILL, 1_000L, Fault.Kind.TERMINATE,
        1_000L, Fault.Kind.PAUSE, 2_000L, Fault.Kind.LONG_PAUSE, 12_000L);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void shouldLoseNothingWhenFaultsComeOneAtATime() {
        try (Cluster cluster = new Cluster(ClusterSettings.asInstalled(), directory)) {
            cluster.start();
            try (ChaosRun run = new ChaosRun(cluster, ChaosSettings.twentyWriters(Seeds.seed("RecoveryST"), 0, 1_000,
                6_000))) {
                ChaosReport report = run.run(journal -> disturb(cluster, journal));
                System.out.println(report);
                assertThat(report.acknowledged()).isPositive();
            }
        }
    }

    private static void disturb(Cluster cluster, Journal journal) {
        FaultInjector injector = new FaultInjector(cluster, journal);
        for (int round = 0; round < ROUNDS; round++) {
            for (FaultSchedule.Step step : steps(round)) {
                Pause.ms(CALM_MS);
                injector.inject(step);
                Fault fault = journal.faults().get(journal.faults().size() - 1);
                injector.awaitHealed();
                cluster.awaitReady(LIMIT_MS);
                long start = System.nanoTime();
                while (ChaosReport.recoveryMs(fault, journal.acknowledged()) == 0
                    && System.nanoTime() - start < LIMIT_MS * 1_000_000) {
                    Pause.ms(50);
                }
                System.out.println("  " + fault.kind() + " " + fault.role() + " " + (fault.index() + 1) + ": "
                    + ChaosReport.recoveryMs(fault, journal.acknowledged()) + " ms");
            }
        }
    }

    private static List<FaultSchedule.Step> steps(int round) {
        List<FaultSchedule.Step> steps = new ArrayList<>();
        for (String[] each : Stream.of(System.getProperty("heddle.faults", ALL).split(",")).map(fault ->
            fault.split(":")).toList()) {
            Fault.Kind kind = Fault.Kind.valueOf(each[0]);
            // Not the same one twice in a row: a broker that has just been away leads nothing.
            steps.add(new FaultSchedule.Step(kind, Cluster.Role.valueOf(each[1]), round + steps.size(),
                DURATION_MS.get(kind), 0));
        }
        return steps;
    }
}
