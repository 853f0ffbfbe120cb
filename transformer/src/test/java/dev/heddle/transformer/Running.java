package dev.heddle.transformer;

import static org.awaitility.Awaitility.await;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.OpsProducer;
import dev.heddle.teststack.TestStack;
import dev.heddle.teststack.TopicReader;
import dev.heddle.transformer.processor.CanonicalChecker;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the integration tests share: a stack of their own, transformers on it in this JVM or in others, a checker. */
final class Running implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(120);
    static final int SHARDS = 2;

    final TestStack stack = TestStack.start();
    final HeddleSerdes serdes;
    final OpsProducer producer;
    private final List<TransformerService> services = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final CanonicalChecker checker = new CanonicalChecker(this::read);
    private TopicReader reader;

    private final int shards;

    Running() {
        this(SHARDS);
    }

    Running(int shards) {
        this.shards = shards;
        String registry = stack.registryUrl();
        serdes = HeddleSerdes.of(SchemaRegistryClient.create(Map.of("schema.registry.url", registry)));
        producer = new OpsProducer(stack.bootstrapServers(), registry);
        ensure(Topics.shared(shards));
    }

    Map<String, String> settings(Path stateDirectory, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", stack.bootstrapServers(),
            "schema.registry.url", stack.registryUrl(), "state.dir", stateDirectory.toString(), "heddle.shards",
            Integer.toString(shards), "heddle.transformer.http.port", "0", "heddle.checkpoint.decisions.max", "20",
            "heddle.history.versions.max", "2500", "commit.interval.ms", "200"));
        settings.putAll(Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "500"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** {@return a transformer in this JVM, ready} */
    TransformerService service(Path stateDirectory, String... more) {
        TransformerService service = new TransformerService(settings(stateDirectory, more));
        services.add(service);
        service.start();
        await().atMost(LONG).until(service::ready);
        return service;
    }

    /** {@return a transformer in a JVM of its own, which can be killed; running, perhaps not ready} */
    Process process(Path stateDirectory, String... more) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m"));
        if (!Boolean.getBoolean("heddle.measure")) {
            // Short-lived: what the optimising compiler would cost is more than it would give.
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TransformerMain.class.getName()));
        settings(stateDirectory, more).forEach((name, value) -> command.add(name + "=" + value));
        try {
            String logs = System.getProperty("heddle.test.logs");
            Path folder = logs == null ? stateDirectory.getParent() : Path.of(logs);
            File output = folder.resolve(stateDirectory.getFileName() + ".log").toFile();
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output)).start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void signal(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the name of a new workspace whose topic exists now} */
    String workspace() {
        String name = TestStack.workspace("transformer");
        create(name);
        return name;
    }

    void create(String workspace) {
        ensure(List.of(Topics.ops(workspace, shards)));
    }

    private void ensure(List<TopicSpec> topics) {
        try (Admin admin = stack.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(topics);
        }
    }

    void send(String workspace, ClientOp operation) {
        producer.send(Topics.opsTopic(workspace, shards), operation);
    }

    /** Sends a record that an ordinary producer would find too large. */
    void sendLarge(String topic, byte[] value) {
        try (KafkaProducer<byte[], byte[]> large = new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", stack.bootstrapServers(), "max.request.size",
                Topics.MAX_MESSAGE_BYTES), new ByteArraySerializer(), new ByteArraySerializer())) {
            large.send(new ProducerRecord<>(topic, value));
        }
    }

    /** {@return the canonical topic, checked, once it holds so many versions of a workspace} */
    CanonicalChecker awaitVersion(String workspace, long version) {
        producer.flush();
        await().atMost(LONG).until(() -> canonical().workspace(workspace).version() >= version);
        return canonical();
    }

    /** {@return the canonical topic as of now, checked; each call reads on where the one before ended} */
    CanonicalChecker canonical() {
        if (reader == null) {
            reader = new TopicReader(stack.bootstrapServers(), Topics.CANONICAL);
        }
        List<ConsumerRecord<byte[], byte[]>> records = reader.readToEnd();
        records.subList((int) checker.records(), records.size()).forEach(record ->
            checker.accept(new String(record.key(), StandardCharsets.UTF_8), record.value()));
        return checker;
    }

    CanonicalOp read(byte[] value) {
        return serdes.canonicalOp().deserializer().deserialize(Topics.CANONICAL, value);
    }

    List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), topic)) {
            return reader.readUntil(records -> records.size() >= count);
        }
    }

    /** Ends all transformers, those in this JVM as an operator does, the others at once. */
    void stopTransformers() {
        processes.forEach(Process::destroyForcibly);
        services.forEach(TransformerService::close);
        processes.clear();
        services.clear();
    }

    @Override
    public void close() {
        stopTransformers();
        producer.close();
        if (reader != null) {
            reader.close();
        }
        stack.close();
    }
}
