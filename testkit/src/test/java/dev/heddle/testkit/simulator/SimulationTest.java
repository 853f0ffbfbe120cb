package dev.heddle.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Goal: nothing acknowledged is lost, doubled or reordered, whatever fails in whatever order.
 * Method: runs of the deterministic simulation, new seeds in each build; {@code -Dseed=n} runs one again and writes
 * what happened to {@code target/simulation-n.txt}.
 */
class SimulationTest {

    private static final int RUNS = 2_000;
    private static final String SEED = System.getProperty("heddle.simulation.seed", "").trim();
    private static final long LONG_MS = Long.getLong("heddle.simulation.ms", 0);

    @Test
    @Timeout(900)
    void shouldHoldEveryInvariantWhenThousandsOfSeedsRun() {
        assumeTrue(SEED.isEmpty(), "one seed was asked for");
        long first = System.nanoTime() & 0xFFFF_FFFFFFFFL;
        System.out.println("SimulationTest: seeds from " + first + ", each again with -Dseed=n");
        Campaign campaign = new Campaign(System.out::println);
        campaign.run(first, () -> campaign.totals().of("seeds") < RUNS);
        System.out.println("SimulationTest: " + campaign.totals());
        assertThat(campaign.totals().of("acknowledged")).isGreaterThan(RUNS);
        assertThat(campaign.totals().of("crashes")).isGreaterThan(RUNS / 4);
        assertThat(campaign.totals().of("zombies")).isGreaterThan(RUNS / 4);
        assertThat(campaign.totals().of("resumes")).isGreaterThan(RUNS / 2);
        assertThat(campaign.totals().of("tombstones")).isGreaterThan(RUNS);
        assertThat(campaign.totals().crashPoints()).as("points at which a process died").isGreaterThan(35);
    }

    @Test
    void shouldHoldEveryInvariantWhenOneSeedIsRunAgain() throws IOException {
        assumeTrue(!SEED.isEmpty(), "no seed was asked for");
        long seed = Long.parseLong(SEED);
        StringBuilder story = new StringBuilder();
        try {
            System.out.println("seed " + seed + ": " + Simulation.run(seed, Fault.NONE, null, story));
        } catch (RuntimeException | Error broken) {
            throw new Campaign.SeedFailed(seed, broken);
        } finally {
            Path file = Path.of("target", "simulation-" + seed + ".txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, story);
            System.out.println("what happened is in " + file.toAbsolutePath());
        }
    }

    @Test
    void shouldDoTheSameAgainWhenTheSeedIsTheSame() {
        for (long seed = 1; seed <= 5; seed++) {
            List<String> stories = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                StringBuilder story = new StringBuilder();
                Simulation.run(seed, Fault.NONE, null, story);
                stories.add(story.toString());
            }
            assertThat(stories.get(1)).isEqualTo(stories.get(0)).isNotBlank();
        }
    }

    /** The long profile: {@code -Dheddle.simulation.ms=…}, in real milliseconds. */
    @Test
    @Timeout(36_000)
    void shouldHoldEveryInvariantForAsLongAsAsked() {
        assumeTrue(LONG_MS > 0, "no time was asked for");
        long endNs = System.nanoTime() + LONG_MS * 1_000_000;
        long first = SEED.isEmpty() ? 1 : Long.parseLong(SEED);
        Campaign campaign = new Campaign(System.out::println);
        campaign.run(first, () -> System.nanoTime() < endNs);
        System.out.println("simulated from seed " + first + ": " + campaign.totals());
    }
}
