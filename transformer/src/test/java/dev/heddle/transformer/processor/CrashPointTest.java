package dev.heddle.transformer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.Seeds;
import dev.heddle.transformer.store.DecisionStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: wherever the process ends, what readers see is one history with identical repeats.
 * Method: a simulated shard; one test per crash point, each for every position in a random log, and one with all.
 */
class CrashPointTest {

    private static final int RECORDS = 60;
    private static final int CHECKPOINT = 4;
    private static final int HISTORY = 8;

    private Random random;
    private World truth;
    private World world;
    private World other;

    @BeforeEach
    void type() {
        random = Seeds.random("CrashPointTest");
        truth = new World(CHECKPOINT, HISTORY);
        Typing typing = new Typing(truth, random);
        typing.append(RECORDS);
        typing.reader().flush();
        world = new World(CHECKPOINT, HISTORY);
        truth.rawLog.forEach(input -> world.append(input.value()));
        other = new World(1_000, HISTORY);
        truth.rawLog.forEach(input -> other.append(input.value()));
    }

    @AfterEach
    void close() {
        truth.close();
        world.close();
        other.close();
    }

    private void again() {
        world.changelog.clear();
        world.canonical.clear();
        world.rejections.clear();
        world.deadLetters.clear();
        world.committed = 0;
    }

    /** What readers see is what an undisturbed run gave them, each answer at least once and always the same. */
    private void verify(String where) {
        CanonicalChecker checker = new CanonicalChecker(
            value -> world.serdes.canonicalOp().deserializer().deserialize("", value));
        world.canonical.forEach(answer -> checker.accept(answer.key(), answer.value()));
        assertThat(distinct(world.canonical)).as("canonical, %s", where).isEqualTo(distinct(truth.canonical));
        assertThat(distinct(world.rejections)).as("rejections, %s", where)
            .containsExactlyInAnyOrderElementsOf(distinct(truth.rejections));
        assertThat(new LinkedHashSet<>(world.deadLetters.stream().map(World.Answer::key).toList())).as(where)
            .isEqualTo(new LinkedHashSet<>(truth.deadLetters.stream().map(World.Answer::key).toList()));
        assertThat(world.count("heddle.transformer.holes")).as("holes, %s", where).isZero();
    }

    private static List<String> distinct(List<World.Answer> answers) {
        return new ArrayList<>(new LinkedHashSet<>(
            answers.stream().map(answer -> answer.key() + java.util.Arrays.hashCode(answer.value())).toList()));
    }

    @Test
    void shouldLoseNothingWhenTheLocalStoreIsAheadOfItsChangelog() {
        for (int crashAt = 1; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.arrive(0, 0, 0);
            World.Instance second = first.restarted();
            second.readAll();
            second.flush();
            verify("local store kept, nothing sent, crash after " + crashAt);
            world.committed = RECORDS;
            assertThat(world.fromChangelog().table.entries()).as("changelog healed").containsOnlyKeys(
                second.table.entries().keySet().toArray(byte[][]::new));
        }
    }

    @Test
    void shouldLoseNothingWhenTheStoreGotAheadAndAnotherInstanceHasOnlyTheChangelog() {
        for (int crashAt = 1; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.arrive(0, 0, 0);
            World.Instance second = first.restarted();
            second.read(crashAt / 2);
            second.flush();
            World.Instance third = world.fromChangelog();
            third.readAll();
            third.flush();
            verify("store ahead, then another instance, crash after " + crashAt);
        }
    }

    @Test
    void shouldRepeatOnlyIdenticalBytesWhenTheChangelogIsAheadOfTheAnswers() {
        for (int crashAt = 1; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.arrive(first.changesInFlight(), 0, 0);
            World.Instance second = world.fromChangelog();
            second.readAll();
            second.flush();
            verify("changelog written, answers not, crash after " + crashAt);
        }
    }

    @Test
    void shouldRepeatOnlyIdenticalBytesWhenAnswersAreAheadOfTheChangelog() {
        for (int crashAt = 1; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.arrive(0, first.canonicalInFlight(), 0);
            World.Instance second = world.fromChangelog();
            second.readAll();
            second.flush();
            verify("answers written, changelog not, crash after " + crashAt);
        }
    }

    @Test
    void shouldRepeatOnlyIdenticalBytesWhenTheOffsetIsNotCommitted() {
        for (int crashAt = 1; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.flush();
            world.committed = random.nextInt(crashAt);
            World.Instance second = random.nextBoolean() ? first.restarted() : world.fromChangelog();
            second.readAll();
            second.flush();
            verify("offset not committed, crash after " + crashAt + ", back to " + world.committed);
        }
    }

    @Test
    void shouldLoseNothingWhenTheCrashComesAnywhereInACheckpoint() {
        World.Instance probe = world.fromChangelog();
        probe.read(CHECKPOINT * 3 - 1);
        int before = probe.changesInFlight();
        probe.read();
        int after = probe.changesInFlight();
        for (int cut = before; cut <= after; cut++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(CHECKPOINT * 3);
            first.arrive(cut, 0, 0);
            World.Instance second = world.fromChangelog();
            second.readAll();
            second.flush();
            verify("changelog cut at change " + cut + " of checkpoint " + before + ".." + after);
        }
    }

    @Test
    void shouldLoseNothingWhenARestoreIsBrokenOffAndBegunAgain() {
        for (int crashAt = 5; crashAt <= RECORDS; crashAt += 5) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            first.flush();
            // What a broken-off restore leaves on disk is a beginning of the changelog; the next one goes over it.
            World.Instance second = world.fromChangelog();
            world.changelog.forEach(change -> second.table.restore(change.key(), change.value()));
            second.readAll();
            second.flush();
            verify("restored twice after " + crashAt);
        }
    }

    @Test
    void shouldRepeatOnlyIdenticalBytesWhenAnInstanceGoesOnAfterItsShardWasGivenAway() {
        for (int crashAt = 1; crashAt < RECORDS; crashAt++) {
            again();
            World.Instance zombie = world.fromChangelog();
            zombie.read(crashAt);
            zombie.flush();
            zombie.read(random.nextInt(RECORDS - crashAt + 1));
            World.Instance owner = world.fromChangelog();
            owner.read(random.nextInt(RECORDS - owner.position + 1));
            owner.flush();
            int committed = world.committed;
            zombie.readAll();
            zombie.flush();
            world.committed = committed;
            World.Instance third = random.nextBoolean() ? owner.restarted() : world.fromChangelog();
            third.readAll();
            third.flush();
            verifyBytesOnly("zombie from " + crashAt);
        }
    }

    /** After a zombie the topic may step back, but for each version there is one value. */
    private void verifyBytesOnly(String where) {
        assertThat(new java.util.TreeSet<>(distinct(world.canonical))).as(where)
            .isEqualTo(new java.util.TreeSet<>(distinct(truth.canonical)));
        CanonicalChecker checker = new CanonicalChecker(
            value -> world.serdes.canonicalOp().deserializer().deserialize("", value));
        world.canonical.forEach(answer -> checker.accept(answer.key(), answer.value()));
        assertThat(world.count("heddle.transformer.holes")).as("holes, %s", where).isZero();
    }

    @Test
    void shouldFillTheGapWhenTheMiddleOfWhatWasInFlightIsLost() {
        for (int crashAt = 2; crashAt <= RECORDS; crashAt++) {
            again();
            World.Instance first = world.fromChangelog();
            first.read(crashAt);
            int all = first.changesInFlight();
            int from = random.nextInt(all);
            int to = from + random.nextInt(all - from);
            first.arrive(all, 0, 0);
            world.changelog.subList(from, to).clear();
            World.Instance second = world.fromChangelog();
            second.readAll();
            second.flush();
            verify("changes " + from + ".." + to + " of " + all + " lost");
            World.Instance third = world.fromChangelog();
            assertThat(third.table.entries().keySet()).as("changelog healed, %s", from)
                .containsAll(second.table.entries().keySet());
        }
    }

    @Test
    void shouldLoseNothingWhenEverythingHappensAtOnce() {
        for (int run = 0; run < 300; run++) {
            again();
            World.Instance instance = world.fromChangelog();
            StringBuilder story = new StringBuilder("run " + run + ":");
            while (world.committed < RECORDS) {
                instance.read(random.nextInt(Math.min(12, RECORDS - instance.position) + 1));
                int fate = random.nextInt(4);
                story.append(' ').append(instance.position).append("fc".charAt(fate / 2));
                if (fate < 2) {
                    instance.flush();
                } else {
                    instance.crash(random);
                    instance = fate == 2 ? instance.restarted() : world.fromChangelog();
                }
            }
            verify(story.toString());
        }
    }

    @Test
    void shouldRebuildTheLiveStateFromTheStoreAfterEveryDecision() {
        World.Instance live = world.fromChangelog();
        WorkspaceLoader loader = new WorkspaceLoader(world.settings, new DecisionStore(live.table), world.records);
        for (int k = 1; k <= RECORDS; k++) {
            live.read();
            live.flush();
            Workspace rebuilt = loader.load(World.WORKSPACE, k);
            World.Instance fresh = world.fromChangelog();
            Workspace fromChangelog = new WorkspaceLoader(world.settings, new DecisionStore(fresh.table),
                world.records).load(World.WORKSPACE, k);
            Workspace fromTheStart = fromTheStart(k);
            assertThat(rebuilt.index()).as("after %d", k).isEqualTo(k);
            assertThat(rebuilt.state().checkpoint()).as("after %d", k).isEqualTo(fromTheStart.state().checkpoint());
            assertThat(fromChangelog.state().checkpoint()).as("after %d", k)
                .isEqualTo(fromTheStart.state().checkpoint());
            assertThat(rebuilt.state().oldestBase()).isEqualTo(fromTheStart.state().oldestBase());
            assertThat(rebuilt.textBytes()).isEqualTo(fromTheStart.textBytes());
        }
    }

    private Workspace fromTheStart(int k) {
        World.Instance instance = other.fromChangelog();
        instance.read(k);
        return new WorkspaceLoader(other.settings, new DecisionStore(instance.table), other.records)
            .load(World.WORKSPACE, k);
    }

    @Test
    void shouldKeepTheStoreBoundedWhenTheLogGrows() {
        Typing typing = new Typing(world, random);
        World.Instance instance = typing.reader();
        for (int round = 0; round < 20; round++) {
            typing.append(50);
            instance.flush();
        }
        long entries = instance.table.entries().size();
        // Kept: history, two intervals behind it, pointers, and the texts of the files that there are.
        assertThat(entries).isLessThan(60L + 4 * (HISTORY + 4 * CHECKPOINT) + 3 * files());
        assertThat(world.fromChangelog().table.entries()).hasSameSizeAs(instance.table.entries());
    }

    private long files() {
        CanonicalChecker checker = new CanonicalChecker(
            value -> world.serdes.canonicalOp().deserializer().deserialize("", value));
        world.canonical.forEach(answer -> checker.accept(answer.key(), answer.value()));
        return checker.workspace(World.WORKSPACE).files().size();
    }
}
