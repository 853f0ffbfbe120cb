package dev.heddle.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    private Path temp;

    @Test
    void shouldKeepRecordsAndClusterIdWhenRestarted() throws Exception {
        String clusterId;
        try (EmbeddedKafka first = EmbeddedKafka.builder(temp).start()) {
            clusterId = first.clusterId();
            createTopic(first);
            produce(first, "before");
        }

        try (EmbeddedKafka second = EmbeddedKafka.builder(temp).start()) {
            produce(second, "after");

            assertThat(second.clusterId()).isEqualTo(clusterId);
            assertThat(consume(second, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void shouldUseTheGivenPortAndSetting() throws Exception {
        int port = Ports.free();
        try (EmbeddedKafka kafka = EmbeddedKafka.builder(temp).port(port).setting("num.partitions", "7").start();
             Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("t", java.util.Optional.empty(), java.util.Optional.empty())))
                .all().get();

            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(admin.describeTopics(List.of("t")).allTopicNames().get().get("t").partitions()).hasSize(7);
        }
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedKafka.builder(temp).port(taken.getLocalPort()).start())
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void shouldNameTheDirectoryWhenItsClusterIdIsUnreadable() throws IOException {
        Files.writeString(temp.resolve("meta.properties"), "version=1\nnode.id=1\n");

        assertThatThrownBy(() -> EmbeddedKafka.builder(temp).start())
            .isInstanceOf(UnusableDirectoryException.class)
            .hasMessage("data directory " + temp + " has no cluster.id in meta.properties");
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
        }
    }

    private static void produce(EmbeddedKafka kafka, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), value)).get();
        }
    }

    private static List<String> consume(EmbeddedKafka kafka, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            List<String> values = new java.util.ArrayList<>();
            while (values.size() < count) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
                records.forEach(each -> values.add(each.value()));
            }
            return values;
        }
    }
}
