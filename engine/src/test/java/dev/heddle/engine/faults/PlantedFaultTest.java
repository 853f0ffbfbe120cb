package dev.heddle.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Goal: the engine's tests can fail. Method: each of these faults is planted into the source, one at a time, and every
 * test named for it, run on the faulty engine with a tenth of its cases, must turn red; on the right one it is green.
 */
class PlantedFaultTest {

    private static final Map<String, String> QUICK =
        Map.of("heddle.cases.percent", "10", "heddle.shrink.attempts", "0");
    private static final String MARK = "<!-- planted faults -->\n";

    private static final Map<String, String> BEFORE = new HashMap<>();

    @BeforeAll
    static void makeQuick() {
        QUICK.forEach((name, value) -> BEFORE.put(name, System.setProperty(name, value)));
    }

    @AfterAll
    static void makeComplete() {
        BEFORE.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    static List<Fault> faults() throws IOException {
        return Fault.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldTurnEachNamedTestRedWhenTheFaultIsPlanted(Fault fault) throws Exception {
        try (FaultyEngine engine = new FaultyEngine(fault)) {
            for (String test : fault.red()) {
                TestExecutionSummary summary = engine.run(test);
                boolean possible = summary.getTestsAbortedCount() == 0;
                assertThat(!possible || !summary.getFailures().isEmpty())
                    .as(test + " turns red where " + fault.name()).isTrue();
            }
        }
    }

    @Test
    void shouldBeGreenWhenNothingIsPlanted() throws Exception {
        TreeSet<String> tests = new TreeSet<>();
        faults().forEach(fault -> tests.addAll(fault.red()));
        try (FaultyEngine engine = new FaultyEngine(new Fault("none", List.of(), List.of()))) {
            // Few cases will do: the build runs the same tests in full.
            System.setProperty("heddle.cases.percent", "1");
            for (String test : tests) {
                TestExecutionSummary summary = engine.run(test);
                assertThat(summary.getFailures().stream().map(failure -> failure.getException().toString()).toList())
                    .as("failures of " + test).isEmpty();
                // Without the recorded traces their tests give up, as ever.
                assertThat(summary.getTestsSucceededCount() + summary.getTestsAbortedCount()).as(test).isPositive();
            }
        } finally {
            System.setProperty("heddle.cases.percent", QUICK.get("heddle.cases.percent"));
        }
    }

    /** The page shows the faults that are planted here; {@code -Dheddle.golden=update} writes it anew. */
    @Test
    void shouldBeShownOnThePage() throws IOException {
        Path file = Path.of(System.getProperty("heddle.root", ".."), "docs", "internals", "laws.md");
        String whole = Files.readString(file);
        String head = whole.substring(0, whole.indexOf(MARK) + MARK.length());
        if ("update".equals(System.getProperty("heddle.golden"))) {
            Files.writeString(file, head + table());
        }
        assertThat(Files.readString(file)).as("refresh with -Dheddle.golden=update").isEqualTo(head + table());
    }

    private static String table() throws IOException {
        return faults().stream().map(fault -> "| " + fault.name() + " | "
            + fault.spots().stream().map(spot -> "`" + spot.file() + "`").collect(Collectors.joining(", ")) + " | "
            + fault.red().stream().map(test -> "`" + test + "`").collect(Collectors.joining(", ")) + " |\n")
            .collect(Collectors.joining("", "\n| fault | planted in | turns red |\n| --- | --- | --- |\n", ""));
    }
}
