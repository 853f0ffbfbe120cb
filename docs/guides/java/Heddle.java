import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Edits, follows and rebuilds the files of a Heddle workspace straight from Kafka; see ../kafka-clients.md. */
public final class Heddle implements AutoCloseable {

    private final String brokers = System.getenv().getOrDefault("HEDDLE_KAFKA", "localhost:9092");
    private final Registry registry = new Registry(
        System.getenv().getOrDefault("HEDDLE_REGISTRY", "http://localhost:8081/apis/ccompat/v7"));
    private final Consumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers),
        new StringDeserializer(), new ByteArrayDeserializer());
    private final String workspace;
    private final String opsTopic;
    private final int shard;

    private Heddle(String workspace) {
        this.workspace = workspace;
        // Where the workspace lives. A later record of a key counts: it may have moved.
        Map<?, ?>[] place = new Map<?, ?>[1];
        readToEnd(new TopicPartition("heddle.workspaces", 0), (key, value) -> {
            if (key.equals(workspace)) {
                place[0] = value;
            }
        });
        if (place[0] == null) {
            throw new IllegalArgumentException("no workspace " + workspace);
        }
        this.opsTopic = (String) place[0].get("opsTopic");
        this.shard = ((Long) place[0].get("shard")).intValue();
    }

    public static void main(String[] words) {
        if (words.length < 2) {
            System.err.println("create WORKSPACE PATH TEXT | replace WORKSPACE PATH FIND WITH | "
                + "insert WORKSPACE PATH AT TEXT | show WORKSPACE PATH | follow WORKSPACE [LAST]");
            System.exit(2);
        }
        try (Heddle heddle = new Heddle(words[1])) {
            switch (words[0]) {
                case "create" -> heddle.submit(Map.of(Avro.TYPE, "dev.heddle.Create", "path", words[2],
                    "text", words[3]));
                case "replace" -> heddle.submit(Map.of(Avro.TYPE, "dev.heddle.Replace", "path", words[2],
                    "find", words[3], "with", words[4]));
                case "insert" -> heddle.submit(Map.of(Avro.TYPE, "dev.heddle.Edit", "path", words[2], "changes",
                    List.of(Map.of("at", Long.parseLong(words[3]), "insert", words[4]))));
                case "show" -> System.out.print(heddle.files().text(words[2]));
                case "follow" -> heddle.follow(words.length > 2 ? Long.parseLong(words[2]) : Long.MAX_VALUE);
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
    }

    // ---- reading

    private TopicPartition partition(String topic) {
        return new TopicPartition(topic, shard);
    }

    /** Follows the workspace's operations from the oldest that is kept, until a version. */
    private void follow(long last) {
        consumer.assign(List.of(partition("heddle.canonical")));
        consumer.seekToBeginning(consumer.assignment());
        long seen = 0;
        while (seen < last) {
            for (ConsumerRecord<String, byte[]> taken : consumer.poll(Duration.ofSeconds(1))) {
                if (taken.value() == null || !taken.key().startsWith(workspace + "/")) {
                    continue; // the tombstone of an old operation, or another workspace of the shard
                }
                Map<String, Object> op = registry.decode(taken.value());
                if ((Long) op.get("version") > seen) { // a repeat after a crash has the same bytes
                    seen = (Long) op.get("version");
                    System.out.println(seen + " " + op.get("author") + " " + op.get("path") + " "
                        + ((Map<?, ?>) op.get("op")).get(Avro.TYPE));
                }
            }
        }
    }

    /** All files as they are now: the newest snapshots, and the operations after them. */
    private Files files() {
        Files files = new Files();
        readToEnd(partition("heddle.snapshots"), (key, value) -> {
            if (key.startsWith(workspace + "/")) {
                files.snapshot(value);
            }
        });
        readToEnd(partition("heddle.canonical"), (key, value) -> {
            if (key.startsWith(workspace + "/")) {
                files.apply(value);
            }
        });
        return files;
    }

    private long version() {
        long[] version = {0};
        readToEnd(partition("heddle.canonical"), (key, value) -> {
            if (key.startsWith(workspace + "/")) {
                version[0] = Math.max(version[0], (Long) value.get("version"));
            }
        });
        return version[0];
    }

    private void readToEnd(TopicPartition partition, BiConsumer<String, Map<String, Object>> each) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            consumer.poll(Duration.ofSeconds(1)).forEach(taken -> {
                if (taken.value() != null) {
                    each.accept(taken.key(), registry.decode(taken.value()));
                }
            });
        }
    }

    // ---- writing

    /** Sends an operation and waits for its answer: its place in the canonical log, or why it was refused. */
    private void submit(Map<String, Object> op) {
        String session = UUID.randomUUID().toString(); // (session, seq) names the operation for ever: a resend is safe
        long base = version(); // what the operation was written against
        List<TopicPartition> answers = List.of(partition("heddle.canonical"), partition("heddle.rejections"));
        consumer.assign(answers);
        consumer.seekToEnd(answers);
        answers.forEach(consumer::position); // fixes the places before the operation is sent
        send(Map.of(Avro.TYPE, "dev.heddle.ClientOp", "session", session, "seq", 1L, "base", base,
            "author", "java", "op", op));
        Map<String, Object> answer = await(value -> session.equals(value.get("session")));
        if (answer.get(Avro.TYPE).equals("dev.heddle.Rejection")) {
            throw new IllegalStateException(answer.get("code") + ": " + answer.get("message"));
        }
        System.out.println("{\"version\":" + answer.get("version") + ",\"offset\":" + answer.get("sourceOffset")
            + ",\"topic\":" + Json.quoted(opsTopic) + "}");
    }

    private void send(Map<String, Object> clientOp) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            // The key tells workspaces apart where several share a topic.
            producer.send(new ProducerRecord<>(opsTopic, workspace, registry.encode(clientOp)));
        }
    }

    private Map<String, Object> await(Predicate<Map<String, Object>> wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> taken : consumer.poll(Duration.ofMillis(200))) {
                if (taken.value() != null) {
                    Map<String, Object> value = registry.decode(taken.value());
                    if (wanted.test(value)) {
                        return value;
                    }
                }
            }
        }
        throw new IllegalStateException("no answer within 30 s");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
