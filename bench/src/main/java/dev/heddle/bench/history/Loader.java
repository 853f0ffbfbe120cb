package dev.heddle.bench.history;

import dev.heddle.ClientOp;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes operations into a workspace's raw topic as any Kafka client would. The only writer, so that each operation can
 * be written against the version right before it. One thread.
 */
final class Loader implements AutoCloseable {

    private final String topic;
    private final Serializer<ClientOp> serializer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Integer, Long> sequence = new HashMap<>();
    private long version;

    Loader(Stack stack, String workspace, int shards) {
        topic = Topics.opsTopic(workspace, shards);
        SchemaRegistryClient registry = SchemaRegistryClient.create(Map.of("schema.registry.url",
            stack.registryUrl()));
        serializer = HeddleSerdes.of(registry).clientOp().serializer();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", "5",
            "enable.idempotence", "true", "acks", "all"), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Creates a file and gives its id. */
    String create(int author, String path, String text) {
        String file = UUID.nameUUIDFromBytes(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
        submit(author, new Operation.Create(path, text, file));
        return file;
    }

    void edit(int author, String file, int at, int delete, String insert) {
        submit(author, new Operation.Edit(FileReference.ofFile(file), List.of(new Change(at, delete, insert))));
    }

    private void submit(int author, Operation operation) {
        Submission submission = new Submission(new UUID(0x4000, 0x8000_0000_0000_0000L | author).toString(),
            sequence.merge(author, 1L, Long::sum), version++, null, "author-" + author, operation, 0, 0);
        producer.send(new ProducerRecord<>(topic,
            serializer.serialize(topic, OperationCodec.clientOp(submission))));
    }

    /** The version the workspace has once all was ordered. */
    long version() {
        return version;
    }

    @Override
    public void close() {
        producer.flush();
        producer.close();
    }
}
