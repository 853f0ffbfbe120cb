package dev.heddle.transformer.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Edit;
import dev.heddle.Noop;
import dev.heddle.Rejection;
import dev.heddle.engine.text.Change;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.RegistryUnavailableException;
import dev.heddle.teststack.ClientOps;
import dev.heddle.transformer.store.DecisionStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardSequencerTest {

    private static final String ADA = "0a0a0a0a-0000-4000-8000-000000000001";
    private static final String BOB = "0b0b0b0b-0000-4000-8000-000000000002";

    private final World world = new World(4, 8);

    @AfterEach
    void close() {
        world.close();
    }

    private static ClientOp create(String session, long seq) {
        return ClientOps.of(session, seq, 0, ClientOps.create("f" + seq + ".txt", "abc"));
    }

    private static ClientOp insert(String session, long seq, long base, String text) {
        return ClientOps.of(session, seq, base, ClientOps.edit("f1.txt", List.of(new Change(0, 0, text))));
    }

    private List<String> reasons() {
        return world.deadLetters.stream().map(letter -> new String(letter.value(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void shouldGiveVersionsWithoutGapsWhenWritersInterleave() {
        world.append(create(ADA, 1)).append(insert(BOB, 1, 1, "x")).append(insert(ADA, 2, 1, "y")).run();

        assertThat(world.canonicalOps()).extracting(CanonicalOp::getVersion).containsExactly(1L, 2L, 3L);
        assertThat(world.canonical).extracting(World.Answer::key).containsExactly(
            "demo/00000000000000000001", "demo/00000000000000000002", "demo/00000000000000000003");
        assertThat(world.canonicalOps()).extracting(CanonicalOp::getTime)
            .containsExactly(1_000_000L, 1_000_001L, 1_000_002L);
        assertThat(world.canonicalOps()).extracting(CanonicalOp::getSourceOffset).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldSendTheFirstAnswerAgainWhenAnOperationIsRepeated() {
        world.append(create(ADA, 1)).append(insert(ADA, 2, 1, "x")).append(insert(ADA, 2, 1, "x")).run();

        assertThat(world.canonical).hasSize(3);
        assertThat(world.canonical.get(2).value()).isEqualTo(world.canonical.get(1).value());
        assertThat(world.canonical.get(2).key()).isEqualTo(world.canonical.get(1).key());
    }

    @Test
    void shouldSayWhichOperationsCameThroughAGateway() {
        world.appendByGateway(create(ADA, 1), Via.UNSIGNED).append(insert(BOB, 1, 1, "x")).run();

        assertThat(world.canonicalOps()).extracting(CanonicalOp::getSession, CanonicalOp::getVia)
            .containsExactly(tuple(ADA, "gateway"), tuple(BOB, "kafka"));
    }

    /** Else whoever sends another's operation again, by the other way, would change what is said of it. */
    @Test
    void shouldKeepSayingHowAnOperationCameWhenItIsRepeatedByTheOtherWay() {
        world.append(create(ADA, 1)).appendByGateway(create(ADA, 1), Via.UNSIGNED)
            .appendByGateway(insert(ADA, 2, 1, "x"), Via.UNSIGNED).append(insert(ADA, 2, 1, "x")).run();

        assertThat(world.canonicalOps()).extracting(CanonicalOp::getVersion, CanonicalOp::getVia).containsExactly(
            tuple(1L, "kafka"), tuple(1L, "kafka"), tuple(2L, "gateway"), tuple(2L, "gateway"));
    }

    @Test
    void shouldSendTheFirstRejectionAgainWhenARejectedOperationIsRepeated() {
        ClientOp wrong = ClientOps.of(ADA, 1, 0, ClientOps.edit("none.txt", List.of(new Change(0, 0, "x"))));
        world.append(wrong).append(wrong).run();

        assertThat(world.rejected()).extracting(Rejection::getCode).containsExactly("UNKNOWN_FILE", "UNKNOWN_FILE");
        assertThat(world.rejections.get(1).value()).isEqualTo(world.rejections.get(0).value());
        assertThat(world.rejections.get(0).key()).isEqualTo("demo/" + ADA);
    }

    @Test
    void shouldSayThatTheAnswerIsGoneWhenARepeatComesAfterItWasForgotten() {
        world.settings = World.settings(2, 2, 1 << 20);
        world.append(create(ADA, 1));
        for (int seq = 2; seq < 40; seq++) {
            world.append(insert(ADA, seq, seq - 1, "x"));
        }
        world.append(create(ADA, 1)).run();

        assertThat(world.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.getCode()).isEqualTo("SEQ_REUSED");
            assertThat(rejection.getMessage()).contains("no longer kept");
        });
    }

    @Test
    void shouldAnswerBadRequestWhenAReadableOperationBreaksAFieldRule() {
        world.append(create(ADA, 0));
        world.append(ClientOps.of("not-a-uuid", 1, 0, new Noop()));
        world.append(ClientOps.of(ADA, 1, -1, new Noop()));
        world.append(ClientOps.of(ADA, 1, 0, Edit.newBuilder().setChanges(List.of()).build()));
        world.append(create(ADA, 1)).run();

        assertThat(world.rejected()).hasSize(4)
            .allSatisfy(rejection -> assertThat(rejection.getCode()).isEqualTo("BAD_REQUEST"));
        assertThat(world.canonicalOps()).hasSize(1);
        assertThat(world.deadLetters).isEmpty();
    }

    @Test
    void shouldDeadLetterWhenNotEvenTheSessionCanBeNamed() {
        world.append(ClientOps.of("", 1, 0, new Noop())).append(ClientOps.of("x".repeat(5_000), 1, 0, new Noop()))
            .append(create(ADA, 1)).run();

        assertThat(world.deadLetters).hasSize(2);
        assertThat(world.canonicalOps()).hasSize(1);
    }

    @Test
    void shouldDeadLetterAndGoOnWhenRecordsArePoison() {
        byte[] good = world.bytes(create(ADA, 1));
        byte[] unknownId = good.clone();
        ByteBuffer.wrap(unknownId).put(0, (byte) 0).putInt(1, 4711);
        byte[] badUtf8 = good.clone();
        badUtf8[7] = (byte) 0xff;
        int foreign = world.registry.register("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        byte[] otherSchema = ByteBuffer.allocate(5).put((byte) 0).putInt(foreign).array();
        CanonicalOp canonical = canonicalOp(good);
        world.append("{\"json\":1}".getBytes(StandardCharsets.UTF_8)).append((byte[]) null).append(new byte[0])
            .append(new byte[] {0, 0}).append(unknownId).append(Arrays.copyOf(good, good.length / 2))
            .append(otherSchema).append(world.bytes(canonical)).append(new byte[10 * 1024 * 1024]);
        int poison = world.rawLog.size();
        world.append(badUtf8).append(create(BOB, 1)).run();

        assertThat(world.deadLetters.size()).isGreaterThanOrEqualTo(poison);
        assertThat(world.canonicalOps()).extracting(op -> op.getSession().toString()).contains(BOB);
        assertThat(reasons()).allSatisfy(reason -> assertThat(reason).isNotBlank());
        assertThat(world.count("heddle.transformer.dead.letters")).isEqualTo(world.deadLetters.size());
    }

    private CanonicalOp canonicalOp(byte[] good) {
        try (World other = new World(4, 8)) {
            other.append(create(ADA, 1)).run();
            return other.canonicalOps().get(0);
        }
    }

    @Test
    void shouldNeverDeadLetterWhenTheRegistryIsAway() {
        byte[] foreignId = world.bytes(create(ADA, 1));
        world.append(create(ADA, 1)).run();
        int id = world.registry.register(ClientOp.getClassSchema() + " ");
        ByteBuffer.wrap(foreignId).putInt(1, id);
        world.append(foreignId).append(ClientOps.of(BOB, 1, 0, new Noop()));
        World.Instance instance = world.fromChangelog();
        world.registry.away(true);

        assertThatThrownBy(instance::read).isInstanceOf(RegistryUnavailableException.class);
        assertThat(world.deadLetters).isEmpty();

        world.registry.away(false);
        instance.readAll();
        instance.flush();
        assertThat(world.deadLetters).isEmpty();
        assertThat(world.canonicalOps()).hasSize(3);
    }

    @Test
    void shouldGoOnWithKnownSchemasWhenTheRegistryIsAway() {
        world.append(create(ADA, 1)).run();
        world.append(ClientOps.of(BOB, 1, 0, new Noop())).append(insert(ADA, 2, 1, "x"));
        world.registry.away(true);
        World.Instance instance = world.fromChangelog();
        instance.readAll();
        instance.flush();

        assertThat(world.canonicalOps()).hasSize(3);
    }

    @Test
    void shouldRefuseAsTooLargeWhenTheCanonicalRecordWouldNotFit() {
        world.settings = World.settings(4, 8, 64 * 1024);
        world.append(ClientOps.of(ADA, 1, 0, ClientOps.create("big.txt", "x".repeat(70_000)))).append(create(ADA, 2))
            .append(ClientOps.of(ADA, 1, 0, ClientOps.create("big.txt", "x".repeat(70_000)))).run();

        assertThat(world.rejected()).extracting(Rejection::getCode).containsExactly("TOO_LARGE", "TOO_LARGE");
        assertThat(world.canonicalOps()).extracting(CanonicalOp::getSeq).containsExactly(2L);
    }

    @Test
    void shouldDeadLetterWhenTheTopicWasDeletedAndCreatedAnew() {
        world.append(create(ADA, 1)).append(insert(ADA, 2, 1, "x")).run();
        world.rawLog.clear();
        world.committed = 0;
        world.append(create(BOB, 1)).append(insert(BOB, 2, 1, "y")).append(insert(BOB, 3, 2, "z")).run();

        assertThat(world.canonicalOps()).hasSize(2);
        assertThat(reasons()).hasSize(3).allSatisfy(reason -> assertThat(reason).contains("created anew"));
        world.append(insert(BOB, 4, 3, "after a restart")).run();
        assertThat(reasons()).hasSize(4);
    }

    @Test
    void shouldDeadLetterWhenTheStoreIsLostButOffsetsAreNot() {
        world.append(create(ADA, 1)).append(insert(ADA, 2, 1, "x")).run();
        world.changelog.clear();
        world.append(insert(ADA, 3, 2, "y")).run();

        assertThat(world.canonicalOps()).hasSize(2);
        assertThat(reasons()).singleElement().asString().contains("the store is lost");

        world.committed = 0;
        world.run();
        assertThat(world.canonicalOps()).extracting(CanonicalOp::getVersion).containsExactly(1L, 2L, 1L, 2L, 3L);
        assertThat(world.canonical.get(2).value()).isEqualTo(world.canonical.get(0).value());
        assertThat(world.canonical.get(3).value()).isEqualTo(world.canonical.get(1).value());
    }

    @Test
    void shouldDeadLetterAndReportWhenADecisionIsMissingInTheMiddle() {
        for (int seq = 1; seq <= 3; seq++) {
            world.append(create(ADA, seq));
        }
        world.run();
        byte[] second = "demo\0d\0\0\0\0\0\0\0\1".getBytes(StandardCharsets.ISO_8859_1);
        world.changelog.add(new World.Change(second, null));
        world.append(create(ADA, 4)).run();

        assertThat(world.canonicalOps()).hasSize(3);
        assertThat(reasons()).singleElement().asString().contains("decision 2 is not stored");

        world.committed = 1;
        world.run();
        assertThat(world.canonicalOps()).extracting(CanonicalOp::getVersion).containsExactly(1L, 2L, 3L, 2L, 3L, 4L);
    }

    @Test
    void shouldTellWorkspacesApartByKeyWhenTheyShareATopic() {
        World.Instance instance = world.fromChangelog();
        ShardSequencer sequencer = new ShardSequencer(new WorkspaceAddress(0, 1), world.settings,
            new DecisionStore(instance.table), world.records, instance, topic -> 0, RawLogs.NONE,
            new SequencerMetrics(world.meters, "00"));
        long offset = 40;
        for (String key : List.of("one", "two", "one", "Bad Name!", "two")) {
            byte[] value = world.bytes(create(ADA, offset < 42 ? 1 : 2));
            sequencer.accept(new Input("heddle.ops.00", 0, offset++, 5, key.getBytes(StandardCharsets.UTF_8), value,
                new RecordHeaders()));
        }
        byte[] value = world.bytes(create(BOB, 1));
        sequencer.accept(new Input("heddle.ops.00", 0, offset, 5, null, value, new RecordHeaders()));
        sequencer.accept(new Input("heddle.ops.00.one", 0, 0, 5, null, value, new RecordHeaders()));
        instance.flush();

        assertThat(world.canonical).extracting(World.Answer::key).containsExactly("one/00000000000000000001",
            "two/00000000000000000001", "one/00000000000000000002", "two/00000000000000000002");
        assertThat(reasons()).hasSize(3);
        assertThat(reasons().get(0)).contains("Bad Name!");
        assertThat(reasons().get(1)).contains("without a key");
        assertThat(reasons().get(2)).contains("has its log in topic heddle.ops.00");
    }
}
