package dev.heddle.transformer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.CanonicalOp;
import dev.heddle.Rejection;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: a log that moves from its own topic to the shared one and back is one history, in whatever order the topics are
 * delivered and wherever processes end.
 * Method: a random log cut in three parts, one true run, then simulated instances with crashes between any two records.
 */
class MoveTest {

    private static final int CHECKPOINT = 4;
    private static final int HISTORY = 8;
    private static final int RECORDS = 60;
    private static final int ROUNDS = Integer.getInteger("heddle.move.rounds", 15);

    private Random random;
    private MovingWorld world;

    @BeforeEach
    void start() {
        random = Seeds.random("MoveTest");
        world = new MovingWorld(CHECKPOINT, HISTORY);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<byte[]> typed() {
        try (World typed = new World(CHECKPOINT, HISTORY)) {
            new Typing(typed, random).append(RECORDS);
            return typed.rawLog.stream().map(Input::value).toList();
        }
    }

    private static List<String> distinct(List<World.Answer> answers) {
        return new ArrayList<>(new LinkedHashSet<>(
            answers.stream().map(answer -> answer.key() + " " + new String(answer.value(),
                StandardCharsets.ISO_8859_1)).toList()));
    }

    /**
     * Own topic, shared topic, own topic; with records behind each fence and neighbours in the shared topic. An
     * instance reads it in the order of the log, and is flushed at the end.
     */
    private void layOut(List<byte[]> values) {
        int first = 5 + random.nextInt(20);
        int second = first + 1 + random.nextInt(20);
        MovingWorld.Instance truth = world.fromChangelog();
        values.subList(0, first).forEach(value -> world.append(MovingWorld.OWN, value));
        truth.readTo(MovingWorld.OWN, first - 1);
        long fence = world.fence(MovingWorld.OWN, MovingWorld.SHARED, truth.version);
        world.append(MovingWorld.OWN, values.get(first));
        truth.readTo(MovingWorld.OWN, fence + 1);
        neighbour();
        world.begin(MovingWorld.SHARED, MovingWorld.OWN, fence);
        for (byte[] value : values.subList(first, second)) {
            world.append(MovingWorld.SHARED, value);
            neighbour();
        }
        truth.readTo(MovingWorld.SHARED, world.topics.get(MovingWorld.SHARED).size() - 1);
        fence = world.fence(MovingWorld.SHARED, MovingWorld.OWN, truth.version);
        world.append(MovingWorld.SHARED, values.get(second));
        world.append(MovingWorld.SHARED, values.get(0));
        truth.readTo(MovingWorld.SHARED, fence + 2);
        world.begin(MovingWorld.OWN, MovingWorld.SHARED, fence);
        values.subList(second, values.size()).forEach(value -> world.append(MovingWorld.OWN, value));
        truth.readTo(MovingWorld.OWN, world.topics.get(MovingWorld.OWN).size() - 1);
        truth.flush();
    }

    private void neighbour() {
        if (random.nextInt(3) == 0) {
            world.append(MovingWorld.SHARED, "neighbour", world.base.bytes(ClientOps.of(new UUID(7, 7).toString(),
                1 + world.topics.get(MovingWorld.SHARED).size(), 0, new dev.heddle.Noop())));
        }
    }

    @Test
    void shouldBeOneHistoryWhenProcessesEndAnywhereInAMove() {
        for (int round = 0; round < ROUNDS; round++) {
            close();
            world = new MovingWorld(CHECKPOINT, HISTORY);
            layOut(typed());
            assertThat(world.base.deadLetters).as("both handovers took effect").noneMatch(letter ->
                new String(letter.value(), StandardCharsets.UTF_8).contains("did not leave"));
            List<String> canonical = distinct(world.base.canonical);
            List<String> rejections = distinct(world.base.rejections);
            check(canonical.size());

            world.forgetEverything();
            MovingWorld.Instance instance = world.fromChangelog();
            int crashes = 0;
            while (instance.more(MovingWorld.OWN) || instance.more(MovingWorld.SHARED)) {
                for (int i = random.nextInt(30); i > 0
                    && (instance.more(MovingWorld.OWN) || instance.more(MovingWorld.SHARED)); i--) {
                    instance.readAny(random);
                }
                if (crashes++ < 12 && random.nextBoolean()) {
                    instance.crash(random);
                    instance = random.nextBoolean() ? instance.restarted() : world.fromChangelog();
                } else {
                    instance.flush();
                }
            }
            instance.flush();
            check(canonical.size());
            assertThat(distinct(world.base.canonical)).as("round %s", round)
                .containsExactlyInAnyOrderElementsOf(canonical);
            assertThat(distinct(world.base.rejections)).as("round %s", round)
                .containsExactlyInAnyOrderElementsOf(rejections);
            assertThat(world.base.count("heddle.transformer.holes")).as("round %s", round).isZero();
        }
    }

    private void check(int records) {
        CanonicalChecker checker = new CanonicalChecker(
            value -> world.base.serdes.canonicalOp().deserializer().deserialize("", value));
        world.base.canonical.forEach(answer -> checker.accept(answer.key(), answer.value()));
        assertThat(checker.workspaces().values().stream().mapToLong(image -> image.version()).sum())
            .isEqualTo(records);
    }

    @Test
    void shouldRefuseWhatLiesBehindTheFenceAndTakeItInTheNewTopic() {
        String ada = new UUID(1, 1).toString();
        world.append(MovingWorld.OWN, world.base.bytes(ClientOps.of(ada, 1, 0, ClientOps.create("a.txt", ""))));
        long fence = world.fence(MovingWorld.OWN, MovingWorld.SHARED, 1);
        byte[] late = world.base.bytes(ClientOps.of(ada, 2, 1, ClientOps.create("b.txt", "")));
        world.append(MovingWorld.OWN, late);
        world.append(MovingWorld.SHARED, late);
        world.begin(MovingWorld.SHARED, MovingWorld.OWN, fence);
        world.append(MovingWorld.SHARED, late);
        world.append(MovingWorld.SHARED, late);
        MovingWorld.Instance instance = world.fromChangelog();
        instance.readTo(MovingWorld.OWN, 2);
        instance.flush();
        instance.readTo(MovingWorld.SHARED, 3);
        instance.flush();

        Rejection refused = world.base.rejected().get(0);
        assertThat(refused.getRetriable()).isTrue();
        assertThat(refused.getSeq()).isEqualTo(2);
        assertThat(refused.getExpectedSeq()).isNull();
        assertThat(refused.getMessage()).contains("was moved").contains(MovingWorld.SHARED).contains("same seq");
        assertThat(world.base.rejected()).hasSize(1);
        assertThat(world.base.canonicalOps()).extracting(CanonicalOp::getVersion).containsExactly(1L, 2L, 3L, 4L, 4L);
        assertThat(world.base.canonicalOps().get(3).getSourceOffset()).isEqualTo(LogPosition.of(1, 2));
        assertThat(world.base.deadLetters).as("in the new topic before its first record").singleElement()
            .satisfies(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .contains("is not part of it"));
    }

    @Test
    void shouldNotFollowWhenTheNamedFenceIsNone() {
        String ada = new UUID(1, 1).toString();
        world.append(MovingWorld.OWN, world.base.bytes(ClientOps.of(ada, 1, 0, ClientOps.create("a.txt", ""))));
        // None: not a fence, beyond the end, and two that name each other.
        world.begin(MovingWorld.SHARED, MovingWorld.OWN, 0);
        world.begin(MovingWorld.SHARED, MovingWorld.OWN, 100);
        world.begin(MovingWorld.SHARED, MovingWorld.OWN, 1);
        world.append(MovingWorld.OWN, world.base.bytes(
            MovingWorld.handover(new UUID(9, 9).toString(), 1, 1, MovingWorld.SHARED, 2L)));
        MovingWorld.Instance instance = world.fromChangelog();
        instance.readTo(MovingWorld.OWN, 0);
        instance.readTo(MovingWorld.SHARED, 2);
        instance.readTo(MovingWorld.OWN, 1);
        instance.flush();

        assertThat(instance.version).as("the last one is an ordinary record of its own topic").isEqualTo(2);
        assertThat(world.base.deadLetters).hasSize(3).allSatisfy(letter ->
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).contains("did not leave topic"));
    }
}
