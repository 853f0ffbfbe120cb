package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topics of workspaces are deleted under a running transformer of one thread. */
class DeletedTopicIT {

    private static final int SHARDS = 2;

    private final Running running = new Running(SHARDS);
    private final String session = UUID.randomUUID().toString();

    @AfterEach
    void stop() {
        running.close();
    }

    /** {@return a new workspace in a shard} */
    private String workspace(int shard) {
        String name = TestStack.workspace("deleted");
        while (Shards.of(name, SHARDS) != shard) {
            name = TestStack.workspace("deleted");
        }
        running.create(name);
        return name;
    }

    /** {@return a new workspace in a shard, with a file that is out} */
    private String begun(int shard) {
        String name = workspace(shard);
        running.send(name, TransformerServiceIT.create(session));
        running.awaitVersion(name, 1);
        return name;
    }

    private void delete(String workspace) throws Exception {
        try (Admin admin = running.stack.admin()) {
            admin.deleteTopics(List.of(Topics.opsTopic(workspace, SHARDS))).all().get();
        }
    }

    private void awaitCommitted(String workspace, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(Topics.opsTopic(workspace, SHARDS), 0);
        try (Admin admin = running.stack.admin()) {
            await().atMost(Running.LONG).until(() -> {
                OffsetAndMetadata committed = admin.listConsumerGroupOffsets("heddle-transformer")
                    .partitionsToOffsetAndMetadata().get().get(partition);
                return committed != null && committed.offset() >= offset;
            });
        }
    }

    private void awaitNotRead(String workspace) throws Exception {
        String topic = Topics.opsTopic(workspace, SHARDS);
        try (Admin admin = running.stack.admin()) {
            await().atMost(Running.LONG).until(() -> admin.describeConsumerGroups(List.of("heddle-transformer")).all()
                .get().get("heddle-transformer").members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .noneMatch(partition -> partition.topic().equals(topic)));
        }
    }

    @Test
    void shouldGoOnInTheSameThreadWhenATopicIsDeletedThatNobodyWritesTo() throws Exception {
        TransformerService service = running.service(running.stack.newDirectory());
        String doomed = begun(0);
        String other = begun(0);
        awaitCommitted(doomed, 1);
        awaitCommitted(other, 1);

        delete(doomed);
        awaitNotRead(doomed);
        running.send(other, TransformerServiceIT.insert(session, 2, "x"));
        running.awaitVersion(other, 2);
        awaitCommitted(other, 2);
        running.send(other, TransformerServiceIT.insert(session, 3, "x"));
        running.awaitVersion(other, 3);
        awaitCommitted(other, 3);

        assertThat(service.threadsReplaced()).isZero();
    }

    @Test
    void shouldGoOnInTheSameThreadWhenATopicIsDeletedWhileOthersType() throws Exception {
        TransformerService service = running.service(running.stack.newDirectory());
        String doomed = begun(0);
        String other = begun(0);

        AtomicLong seq = new AtomicLong(1);
        Runnable type = () -> running.send(other, TransformerServiceIT.insert(session, seq.incrementAndGet(), "x"));
        for (int i = 0; i < 20; i++) {
            type.run();
        }
        delete(doomed);
        for (int round = 0; round < 20; round++) {
            type.run();
            running.awaitVersion(other, seq.get());
        }
        awaitNotRead(doomed);
        type.run();
        running.awaitVersion(other, seq.get());
        awaitCommitted(other, seq.get());

        assertThat(service.threadsReplaced()).isZero();
    }

    @Test
    void shouldGoOnInTheSameThreadWhenTheOnlyTopicOfAShardIsDeleted() throws Exception {
        TransformerService service = running.service(running.stack.newDirectory());
        String doomed = begun(0);
        String other = begun(1);

        delete(doomed);
        awaitNotRead(doomed);
        String later = workspace(0);
        running.send(later, TransformerServiceIT.create(session));
        running.send(other, TransformerServiceIT.insert(session, 2, "x"));
        running.awaitVersion(later, 1);
        running.awaitVersion(other, 2);
        awaitCommitted(later, 1);
        awaitCommitted(other, 2);

        assertThat(service.threadsReplaced()).isZero();
    }

    @Test
    void shouldCommitForTheOthersWhenATopicIsDeletedThatTheConsumerStillReads() throws Exception {
        String doomed = workspace(0);
        String other = workspace(0);
        TopicPartition gone = new TopicPartition(Topics.opsTopic(doomed, SHARDS), 0);
        TopicPartition left = new TopicPartition(Topics.opsTopic(other, SHARDS), 0);
        running.send(doomed, TransformerServiceIT.create(session));
        running.send(other, TransformerServiceIT.create(session));
        running.producer.flush();
        try (MainConsumer consumer = new MainConsumer(Map.of("bootstrap.servers", running.stack.bootstrapServers(),
                "group.id", "committing", "enable.auto.commit", false))) {
            consumer.assign(List.of(gone, left));
            delete(doomed);

            consumer.commitSync(Map.of(gone, new OffsetAndMetadata(1), left, new OffsetAndMetadata(1)));

            assertThat(consumer.committed(Set.of(left))).containsEntry(left, new OffsetAndMetadata(1));
        }
    }
}
