package dev.heddle.teststack;

import dev.heddle.ClientOp;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A plain Kafka producer of raw bytes and of submissions in wire format. Thread-safe. */
public final class OpsProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final WireCodec codec;

    /**
     * A producer.
     *
     * @param bootstrapServers the broker
     * @param registryUrl      the registry's Confluent-compatible API
     */
    public OpsProducer(String bootstrapServers, String registryUrl) {
        this(Map.of("bootstrap.servers", bootstrapServers), registryUrl);
    }

    /**
     * A producer with settings of its own, for a broker that asks for more.
     *
     * @param client      settings of the Kafka client, address and security
     * @param registryUrl the registry's Confluent-compatible API
     */
    public OpsProducer(Map<String, String> client, String registryUrl) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.codec = new WireCodec(registryUrl);
    }

    /**
     * Hands a submission to the producer and does not wait.
     *
     * @param topic     the workspace's ops topic
     * @param operation the submission
     */
    public void send(String topic, ClientOp operation) {
        producer.send(new ProducerRecord<>(topic, codec.encode(operation)));
    }

    /**
     * Hands a submission with a key to the producer and does not wait.
     *
     * @param topic     an ops topic, also one that workspaces share
     * @param workspace the workspace's name, the key
     * @param operation the submission
     * @return where it went, once it is there
     */
    public Future<RecordMetadata> send(String topic, String workspace, ClientOp operation) {
        return producer.send(new ProducerRecord<>(topic, workspace.getBytes(StandardCharsets.UTF_8),
            codec.encode(operation)));
    }

    /**
     * Sends bytes as they are and waits until the broker has them.
     *
     * @param topic the topic
     * @param value any bytes
     * @return where they went
     */
    public RecordMetadata sendRaw(String topic, byte[] value) {
        try {
            return producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot send to " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending to " + topic, e);
        }
    }

    /**
     * Sends a submission with a header and waits until the broker has it.
     *
     * @param topic     the workspace's ops topic
     * @param operation the submission
     * @param header    the header's name
     * @param value     its value
     */
    public void send(String topic, ClientOp operation, String header, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, codec.encode(operation));
        record.headers().add(header, value);
        producer.send(record);
        producer.flush();
    }

    /** Waits until the broker has everything sent so far. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
