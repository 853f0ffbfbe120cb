package dev.heddle.standalone;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Rejection;
import dev.heddle.Workspace;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.WireCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Programs that write to one workspace without the gateway: they follow where it is, and write again when refused. */
final class PlainWriters implements AutoCloseable {

    private final String workspace;
    private final WireCodec codec;
    private final OpsProducer producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread reader = new Thread(this::read, "answers");
    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
    private volatile String topic;
    private volatile boolean closed;

    PlainWriters(RunningHeddle heddle, String workspace) {
        this.workspace = workspace;
        this.codec = new WireCodec(heddle.registryUrl());
        this.producer = new OpsProducer(heddle.kafka(), heddle.registryUrl());
        this.consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", heddle.kafka()),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        int shard = Shards.of(workspace, Shards.DEFAULT);
        TopicPartition workspaces = new TopicPartition(Topics.WORKSPACES, 0);
        List<TopicPartition> partitions = List.of(new TopicPartition(Topics.CANONICAL, shard),
            new TopicPartition(Topics.REJECTIONS, shard), workspaces);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        consumer.seekToBeginning(List.of(workspaces));
        partitions.forEach(consumer::position);
        reader.setDaemon(true);
        reader.start();
    }

    /** {@return whether an operation was accepted; false where it is to be sent again} */
    boolean write(ClientOp operation) throws Exception {
        while (topic == null) {
            Thread.sleep(5);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        waiting.put(operation.getSession() + "/" + operation.getSeq(), answer);
        producer.send(topic, workspace, operation);
        return answer.get(60, TimeUnit.SECONDS);
    }

    private void read() {
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                take(record);
            }
        }
        consumer.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(Topics.WORKSPACES)) {
            Workspace listed = codec.decode(record.value(), Workspace.class);
            topic = listed.getName().equals(workspace) ? listed.getOpsTopic() : topic;
        } else if (record.topic().equals(Topics.CANONICAL)) {
            CanonicalOp accepted = codec.decode(record.value(), CanonicalOp.class);
            answer(accepted.getSession(), accepted.getSeq(), true);
        } else {
            Rejection refused = codec.decode(record.value(), Rejection.class);
            if (refused.getWorkspace().equals(workspace) && !refused.getRetriable()) {
                throw new IllegalStateException(refused.toString());
            }
            answer(refused.getSession(), refused.getSeq(), false);
        }
    }

    private void answer(String session, long seq, boolean accepted) {
        CompletableFuture<Boolean> answer = waiting.remove(session + "/" + seq);
        if (answer != null) {
            answer.complete(accepted);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
