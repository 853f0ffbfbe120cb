package dev.heddle.transformer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.teststack.Seeds;
import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.Outcome;
import dev.heddle.transformer.store.StoredDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: decisions behind the committed checkpoint are packed, and wherever a process ends every one of the kept history
 * is found by its version and by its offset, on the same disk and on another.
 * Method: a simulated shard whose history outlasts the log, compared with one that never packs.
 */
class PackingTest {

    private static final int RECORDS = 150;
    private static final int CHECKPOINT = 4;
    private static final int ALL = 1_000;
    private static final int SHORT = 20;

    private Random random;
    private World truth;
    private World world;
    private final Map<Long, Long> offsets = new TreeMap<>();
    private final Map<Long, byte[]> canonical = new TreeMap<>();

    @BeforeEach
    void type() {
        random = Seeds.random("PackingTest");
        truth = new World(ALL, ALL);
        Typing typing = new Typing(truth, random);
        typing.append(RECORDS);
        typing.reader().flush();
        DecisionStore store = new DecisionStore(typing.reader().table);
        store.decisions(World.WORKSPACE, 0, Long.MAX_VALUE, (offset, decision) -> {
            if (decision.outcome() instanceof Outcome.Committed committed) {
                offsets.put(committed.version(), offset);
            }
            return true;
        });
        truth.canonical.forEach(answer ->
            canonical.put(CanonicalKeys.parse(answer.key()).version(), answer.value()));
        world = world(ALL);
    }

    private World world(int history) {
        World made = new World(CHECKPOINT, history);
        truth.rawLog.forEach(input -> made.append(input.value()));
        return made;
    }

    @AfterEach
    void close() {
        truth.close();
        world.close();
    }

    private static long count(World.Instance instance, char kind) {
        return instance.table.entries().keySet().stream()
            .filter(key -> key.length > World.WORKSPACE.length() + 1 && key[World.WORKSPACE.length() + 1] == kind)
            .count();
    }

    private static long loose(World.Instance instance) {
        return new DecisionStore(instance.table).committed(World.WORKSPACE, 0, Long.MAX_VALUE, Integer.MAX_VALUE)
            .size();
    }

    /** Everything that took a version from one on is there, whichever way it is asked for. */
    private void verify(World.Instance instance, long from, long to, String where) {
        DecisionStore store = new DecisionStore(instance.table);
        for (long version = Math.max(1, from); version <= to; version++) {
            for (StoredDecision decision : new StoredDecision[] {store.decisionOfVersion(World.WORKSPACE, version),
                store.decision(World.WORKSPACE, offsets.get(version))}) {
                assertThat(decision).as("version %d, %s", version, where).isNotNull();
                Outcome.Committed committed = (Outcome.Committed) decision.outcome();
                assertThat(committed.version()).as(where).isEqualTo(version);
                assertThat(committed.canonical()).as(where).isEqualTo(canonical.get(version));
            }
        }
    }

    @Test
    void shouldKeepFewEntriesAndAllDecisionsWhenEverythingIsCommitted() {
        World.Instance instance = world.fromChangelog();
        while (instance.position < RECORDS) {
            instance.read(Math.min(2, RECORDS - instance.position));
            instance.flush();
        }
        verify(instance, 1, instance.version(), "all committed");
        verify(world.fromChangelog(), 1, instance.version(), "all committed, another instance");
        assertThat(loose(instance)).isLessThan(5 * CHECKPOINT);
        assertThat(count(instance, 'p')).isGreaterThan(instance.version() / CHECKPOINT - 5);
        List<Long> seen = new ArrayList<>();
        new DecisionStore(instance.table).decisions(World.WORKSPACE, 0, Long.MAX_VALUE, (offset, decision) -> {
            seen.add(offset);
            assertThat(decision.index()).isEqualTo(seen.size());
            return true;
        });
        assertThat(seen).isSorted().hasSize(RECORDS);
    }

    @Test
    void shouldPackNothingWhenNothingIsCommitted() {
        World.Instance instance = world.fromChangelog();
        instance.readAll();
        assertThat(count(instance, 'p')).isZero();
        assertThat(loose(instance)).isEqualTo(instance.version());
    }

    @Test
    void shouldFindEveryDecisionWhenEverythingHappensAtOnce() {
        for (int run = 0; run < 25; run++) {
            world.close();
            world = world(ALL);
            World.Instance instance = world.fromChangelog();
            StringBuilder story = new StringBuilder("run " + run + ":");
            while (world.committed < RECORDS) {
                instance.read(random.nextInt(Math.min(12, RECORDS - instance.position) + 1));
                int fate = random.nextInt(5);
                story.append(' ').append(instance.position).append("ffcce".charAt(fate));
                if (fate < 2) {
                    instance.flush();
                } else if (fate < 4) {
                    instance.crash(random);
                    instance = fate == 2 ? instance.restarted() : world.fromChangelog();
                } else {
                    loseTheMiddle(instance);
                    instance = world.fromChangelog();
                }
                verify(world.fromChangelog(), 1, committedVersion(), story.toString());
            }
            assertThat(count(instance, 'p')).as(story.toString()).isPositive();
        }
    }

    /** Something in the middle of what was in flight never arrives, and the process dies before it could commit. */
    private void loseTheMiddle(World.Instance instance) {
        int before = world.changelog.size();
        instance.arrive(instance.changesInFlight(), instance.canonicalInFlight(), 0);
        int all = world.changelog.size() - before;
        int from = random.nextInt(all + 1);
        world.changelog.subList(before + from, before + from + random.nextInt(all - from + 1)).clear();
    }

    private long committedVersion() {
        return offsets.entrySet().stream().filter(each -> each.getValue() < world.committed)
            .mapToLong(Map.Entry::getKey).max().orElse(0);
    }

    @Test
    void shouldFindEveryDecisionWhenAnInstanceGoesOnAfterItsShardWasGivenAway() {
        for (int crashAt = 10; crashAt < RECORDS; crashAt += 3) {
            world.close();
            world = world(ALL);
            World.Instance zombie = world.fromChangelog();
            while (zombie.position < crashAt) {
                zombie.read(Math.min(3, crashAt - zombie.position));
                zombie.flush();
            }
            zombie.read(random.nextInt(RECORDS - crashAt + 1));
            World.Instance owner = world.fromChangelog();
            while (owner.position < RECORDS) {
                owner.read(Math.min(1 + random.nextInt(6), RECORDS - owner.position));
                owner.flush();
            }
            zombie.flush();
            verify(world.fromChangelog(), 1, owner.version(), "zombie from " + crashAt);
            World.Instance third = world.fromChangelog();
            third.readAll();
            third.flush();
            verify(third, 1, owner.version(), "after the zombie from " + crashAt);
        }
    }

    @Test
    void shouldFindEveryDecisionOnceMoreWhenOffsetsAreSetBack() {
        World.Instance first = world.fromChangelog();
        while (first.position < RECORDS) {
            first.read(Math.min(3, RECORDS - first.position));
            first.flush();
        }
        world.committed = 0;
        world.canonical.clear();
        World.Instance again = first.restarted();
        while (again.position < RECORDS) {
            again.read(Math.min(3, RECORDS - again.position));
            again.flush();
        }
        assertThat(world.canonical).hasSizeGreaterThanOrEqualTo(canonical.size());
        assertThat(world.count("heddle.transformer.holes")).isZero();
        verify(again, 1, again.version(), "read again from the start");
        assertThat(loose(again)).isLessThan(5 * CHECKPOINT);
    }

    @Test
    void shouldForgetPacksWhenTheyAreBehindTheKeptHistory() {
        world.close();
        world = world(SHORT);
        World.Instance instance = world.fromChangelog();
        while (instance.position < RECORDS) {
            instance.read(Math.min(3, RECORDS - instance.position));
            instance.flush();
            verify(world.fromChangelog(), instance.version() - SHORT, instance.version(), "at " + instance.position);
        }
        assertThat(count(instance, 'p')).isBetween(SHORT / CHECKPOINT - 3L, SHORT / CHECKPOINT + 5L);
        assertThat(count(instance, 'o')).isEqualTo(count(instance, 'p'));
    }
}
