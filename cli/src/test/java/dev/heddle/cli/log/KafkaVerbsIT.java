package dev.heddle.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ClientOp;
import dev.heddle.Snapshot;
import dev.heddle.Workspace;
import dev.heddle.cli.command.Shell;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.verify.RandomLog;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.testkit.Seeds;
import dev.heddle.testkit.TestStack;
import dev.heddle.testkit.WireCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that read Kafka itself, on a real broker and registry; records are written as the services write them. */
class KafkaVerbsIT {

    private static final int SHARDS = 4;
    private static final TestStack STACK = TestStack.shared();
    private static KafkaProducer<byte[], byte[]> producer;
    private static WireCodec codec;

    @TempDir
    private Path folder;
    private final String workspace = TestStack.workspace("cli");
    private final int shard = Shards.of(workspace, SHARDS);
    private final List<CanonicalOperation> canonical = new ArrayList<>();
    private RawFold fold;

    @BeforeAll
    static void start() {
        codec = new WireCodec(STACK.registryUrl());
        producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", STACK.bootstrapServers()),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
    }

    private Shell.Result heddle(String... arguments) {
        return new Shell().in(folder).with("HEDDLE_KAFKA", STACK.bootstrapServers())
            .with("HEDDLE_REGISTRY", STACK.registryUrl()).run(arguments);
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(String topic, int partition, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, key == null ? null : key(key), value)).get();
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    /** Writes a workspace's raw log, and from what the broker made of it the other two as the services would. */
    private void write() {
        try (Admin admin = STACK.admin()) {
            TopicAdmin topics = new TopicAdmin(admin, (short) 1, Duration.ofSeconds(30));
            topics.ensure(Topics.shared(SHARDS));
            topics.ensure(List.of(Topics.ops(workspace, SHARDS)));
        }
        String opsTopic = Topics.opsTopic(workspace, SHARDS);
        send(Topics.WORKSPACES, 0, workspace, codec.encode(Workspace.newBuilder().setName(workspace).setShard(shard)
            .setOpsTopic(opsTopic).setTime(0).build()));
        for (RawRecord record : new RandomLog(Seeds.random("KafkaVerbsIT"), 150).raw()) {
            send(opsTopic, 0, workspace, record.submission() == null ? new byte[] {1, 2, 3}
                : codec.encode(clientOp(record)));
        }
        fold = new RawFold(workspace, SequencingLimits.DEFAULT.limits(), operation -> false);
        try (WorkspaceLog log = new WorkspaceLog(new LogSettings(STACK.bootstrapServers(), STACK.registryUrl()))) {
            Iterator<RawRecord> raw = log.raw(workspace);
            while (raw.hasNext()) {
                RawRecord record = raw.next();
                CanonicalOperation operation = record.submission() == null ? null : fold.accept(record.submission());
                if (operation != null) {
                    canonical.add(operation);
                    send(operation.version(), operation);
                }
            }
        }
        fold.image().allFiles().forEach(this::sendSnapshot);
    }

    private static ClientOp clientOp(RawRecord record) {
        return OperationCodec.clientOp(record.submission());
    }

    private void send(long version, CanonicalOperation operation) {
        send(Topics.CANONICAL, shard, CanonicalKeys.format(workspace, version),
            codec.encode(OperationCodec.canonicalOp(operation)));
    }

    private void sendSnapshot(FileImage file) {
        CanonicalOperation last = canonical.get(canonical.size() - 1);
        send(Topics.SNAPSHOTS, shard, WorkspaceKeys.format(workspace, file.file()), codec.encode(Snapshot.newBuilder()
            .setWorkspace(workspace).setFile(file.file()).setPath(file.path()).setDeleted(file.deleted())
            .setVersion(last.version()).setFileVersion(file.version()).setText(file.text().toString())
            .setHash(ByteBuffer.wrap(Hash.ofHex(file.text().sha256Hex()).bytes()))
            .setChainHash(ByteBuffer.wrap(last.hash().bytes())).setTime(last.timeMs()).build()));
    }

    @Test
    void shouldProveReadExportAndReplayWhenNothingWasChanged() throws Exception {
        write();
        Shell.Result proof = heddle("verify", workspace);
        assertThat(proof.exitCode()).as(proof.out() + proof.error()).isZero();
        assertThat(proof.out()).contains("head       " + canonical.size() + ":" + fold.image().hash());
        assertThat(heddle("ws", "list").out()).contains(workspace);
        FileImage file = fold.image().files().get(0);
        assertThat(heddle("cat", workspace, file.path()).out()).isEqualTo(file.text().toString());
        assertThat(heddle("ls", workspace).out().lines()).hasSize(fold.image().files().size());
        assertThat(heddle("log", workspace, "-n", "0", "--json").out().lines()).hasSize(canonical.size());
        assertThat(heddle("tail", workspace, "--raw", "-n", "150").out()).contains("unreadable")
            .satisfies(out -> assertThat(out.lines()).hasSize(150));
        Shell.Result export = heddle("export", workspace, "--jsonl", "all.jsonl");
        assertThat(export.exitCode()).as(export.error()).isZero();
        Shell.Result offline = new Shell().in(folder).run("verify", "--file", "all.jsonl", "--json");
        assertThat(offline.exitCode()).as(offline.out() + offline.error()).isZero();
        assertThat(heddle("export", workspace, "--git", "repository").exitCode()).isZero();
        assertThat(heddle("replay", workspace, "--into", "replayed").exitCode()).isZero();
        for (FileImage one : fold.image().files()) {
            assertThat(Files.readString(folder.resolve("repository").resolve(one.path())))
                .isEqualTo(Files.readString(folder.resolve("replayed").resolve(one.path())))
                .isEqualTo(one.text().toString());
        }
    }

    @Test
    void shouldFindTheForgeryWhenARecordWasWrittenOver() {
        write();
        CanonicalOperation o = canonical.get(canonical.size() / 2);
        send(o.version(), new CanonicalOperation(o.workspace(), o.version(), o.file(), o.path(), "mallory", o.session(),
            o.seq(), o.base(), o.after(), o.sourceOffset(), o.timeMs(), o.operation(), o.previousHash(), o.hash()));
        Shell.Result result = heddle("verify", workspace);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("INSERTED in canonical at offset ").contains("author is mallory");
    }

    @Test
    void shouldFindTheHoleWhenATombstoneTookAVersionOut() {
        write();
        send(Topics.CANONICAL, shard, CanonicalKeys.format(workspace, 3), null);
        assertThat(heddle("verify", workspace).out()).contains("DROPPED in canonical").contains("tombstone");
    }

    @Test
    void shouldNameNearWorkspacesWhenOneIsUnknown() {
        write();
        Shell.Result result = heddle("verify", workspace + "x");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.error()).contains("did you mean " + workspace + "?");
    }

    @Test
    void shouldSayWhichServerIsAwayWhenTheRegistryDoesNotAnswer() {
        write();
        Shell.Result result = new Shell().with("HEDDLE_KAFKA", STACK.bootstrapServers())
            .with("HEDDLE_REGISTRY", "http://localhost:1").run("verify", workspace);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error()).contains("no schema registry answers at http://localhost:1");
    }
}
