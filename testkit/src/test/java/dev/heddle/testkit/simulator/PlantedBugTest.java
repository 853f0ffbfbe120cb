package dev.heddle.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.testkit.invariant.AckedOpIsInLog;
import dev.heddle.testkit.invariant.AllClientsConverge;
import dev.heddle.testkit.invariant.DuplicatesAreIdentical;
import dev.heddle.testkit.invariant.EverythingIsAnswered;
import dev.heddle.testkit.invariant.HashChainHolds;
import dev.heddle.testkit.invariant.Invariant;
import dev.heddle.testkit.invariant.InvariantBroken;
import dev.heddle.testkit.invariant.KeptLogIsComplete;
import dev.heddle.testkit.invariant.OpCommittedOnce;
import dev.heddle.testkit.invariant.ReadsEqualReplay;
import dev.heddle.testkit.invariant.ReplayEqualsLive;
import dev.heddle.testkit.invariant.RevisionHasNoGap;
import dev.heddle.testkit.invariant.SnapshotEqualsReplay;
import dev.heddle.testkit.invariant.SnapshotNotAheadOfLog;
import dev.heddle.testkit.invariant.TombstoneIsCovered;
import dev.heddle.testkit.invariant.Watch;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: a simulation that cannot fail proves nothing.
 * Method: for each invariant a bug is planted that breaks it; the invariant, checked alone, must find it within few
 * seeds, and none may speak up where there is no bug.
 */
class PlantedBugTest {

    private static final int SEEDS = 400;

    static Stream<Arguments> bugs() {
        return Stream.of(
            bug(Fault.LOST_SEND, RevisionHasNoGap::new),
            bug(Fault.OWN_CLOCK, DuplicatesAreIdentical::new),
            bug(Fault.BROKEN_CHAIN, HashChainHolds::new),
            bug(Fault.SKIPPED_RECORD, PlantedBugTest::replay),
            bug(Fault.COMMIT_BEFORE_FLUSH, PlantedBugTest::replay),
            bug(Fault.RESEND_AS_NEW, OpCommittedOnce::new),
            bug(Fault.ACK_BEFORE_COMMIT, AckedOpIsInLog::new),
            bug(Fault.LOST_ANSWER, EverythingIsAnswered::new),
            bug(Fault.GARBLED_OP, AllClientsConverge::new),
            bug(Fault.SNAPSHOT_AHEAD, SnapshotNotAheadOfLog::new),
            bug(Fault.SNAPSHOT_GARBLED, SnapshotEqualsReplay::new),
            bug(Fault.TOMBSTONE_EARLY, () -> new TombstoneIsCovered(2)),
            bug(Fault.TOMBSTONE_EARLY, KeptLogIsComplete::new),
            bug(Fault.MISSED_FOLD, ReadsEqualReplay::new));
    }

    private static Invariant replay() {
        return new ReplayEqualsLive(Limits.builder().historyVersionsMax(300).build(), SchemaServer.serdes());
    }

    private static Arguments bug(Fault fault, Supplier<Invariant> invariant) {
        return Arguments.of(fault, invariant.get().name(), invariant);
    }

    @ParameterizedTest(name = "{1} when {0}")
    @MethodSource("bugs")
    void shouldGoRedWhenItsBugIsPlanted(Fault fault, String name, Supplier<Invariant> invariant) {
        String found = null;
        for (long seed = 1; seed <= SEEDS && found == null; seed++) {
            try {
                Simulation.run(seed, fault, List.of(invariant.get()), null);
            } catch (InvariantBroken broken) {
                // What a client notices by itself breaks the protocol before any other invariant is asked.
                found = broken.invariant().equals(name) ? broken.getMessage() : null;
            } catch (RuntimeException aftermath) {
                found = null;
            }
        }
        assertThat(found).as("%s with %s planted, within %s seeds", name, fault, SEEDS).startsWith(name + ": ");
    }

    @Test
    void shouldHaveABugForEachInvariant() {
        assertThat(bugs().map(arguments -> (String) arguments.get()[1]).distinct()).containsExactlyInAnyOrderElementsOf(
            Watch.all(Limits.DEFAULT, 1, SchemaServer.serdes()).stream().map(Invariant::name).toList());
    }
}
