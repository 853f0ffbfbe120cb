package dev.heddle.gateway;

import dev.heddle.ClientOp;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.OpsTopic;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceKeys;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Transformer and snapshotter for tests, around the engine: reads real ops topics, writes real canonical records. */
final class TinySequencer implements AutoCloseable, FakeBackend.Sink {

    private final FakeBackend state = new FakeBackend();
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final HeddleSerdes serdes;
    private final int shards;
    private final HttpServer http;
    private final Thread thread;

    TinySequencer(String bootstrapServers, String registryUrl, int shards, String group) {
        this.shards = shards;
        this.serdes = HeddleSerdes.of(SchemaRegistryClient.create(Map.of("schema.registry.url", registryUrl)));
        this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers, "group.id", group,
            "metadata.max.age.ms", "200", "auto.offset.reset", "earliest"), new StringDeserializer(),
            new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
            new ByteArraySerializer());
        state.attach(this);
        this.http = serve();
        this.thread = new Thread(this::run, "tiny-sequencer");
        thread.start();
    }

    String readUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void run() {
        consumer.subscribe(Pattern.compile("heddle\\.ops\\..+"));
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    decide(record);
                }
            }
        } catch (WakeupException stopped) {
            producer.close();
        }
    }

    private void decide(ConsumerRecord<String, byte[]> record) {
        String workspace = Topics.parseOps(record.topic()).map(OpsTopic::workspace).orElse(record.key());
        ClientOp op = serdes.clientOp().deserializer().deserialize(record.topic(), record.value());
        Submission submission = OperationCodec.submission(op, record.offset(), record.timestamp());
        state.append(workspace, submission, null);
    }

    @Override
    public void onCanonical(CanonicalOperation operation) {
        producer.send(new ProducerRecord<>(Topics.CANONICAL, Shards.of(operation.workspace(), shards),
            CanonicalKeys.format(operation.workspace(), operation.version()), serdes.canonicalOp().serializer()
            .serialize(Topics.CANONICAL, OperationCodec.canonicalOp(operation))));
    }

    @Override
    public void onRejected(RejectedOperation rejection) {
        producer.send(new ProducerRecord<>(Topics.REJECTIONS, Shards.of(rejection.workspace(), shards),
            WorkspaceKeys.format(rejection.workspace(), rejection.session()), serdes.rejection().serializer()
            .serialize(Topics.REJECTIONS, OperationCodec.rejection(rejection))));
    }

    private HttpServer serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(Executors.newFixedThreadPool(4));
            server.createContext("/workspaces/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getRawPath().split("/", 5);
        Map<String, String> query = new HashMap<>();
        for (String pair : String.valueOf(exchange.getRequestURI().getQuery()).split("&")) {
            query.put(pair.split("=")[0], pair.substring(pair.indexOf('=') + 1));
        }
        AsOf asOf = AsOf.version(query.containsKey("version") ? Long.valueOf(query.get("version")) : null);
        try {
            if (parts.length == 3) {
                WorkspaceReader.Head head = state.head(parts[2], ReadBound.NONE).toCompletableFuture().join();
                reply(exchange, 200, JsonNodeFactory.instance.objectNode().put("name", parts[2])
                    .put("version", head.version()).put("hash", head.hash()).put("time", head.timeMs())
                    .put("oldestVersion", 0).toString());
            } else if (parts[3].equals("ops")) {
                operations(exchange, parts[2], query);
            } else if (parts.length == 4) {
                tree(exchange, parts[2], asOf);
            } else {
                file(exchange, parts, asOf);
            }
        } catch (RuntimeException e) {
            ReadException reason = ReadException.of(e);
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            reply(exchange, 404, JsonNodeFactory.instance.objectNode().put("code", reason.code().name())
                .put("detail", String.valueOf(reason.getMessage())).toString());
        }
    }

    private void operations(HttpExchange exchange, String workspace, Map<String, String> query) throws IOException {
        WorkspaceReader.OperationPage page = state.operations(workspace, Long.parseLong(query.get("after")),
            Integer.parseInt(query.get("limit")), ReadBound.NONE).toCompletableFuture().join();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", page.version());
        ArrayNode operations = json.putArray("ops");
        page.operations().forEach(operations::add);
        reply(exchange, 200, json.toString());
    }

    private void tree(HttpExchange exchange, String workspace, AsOf asOf) throws IOException {
        WorkspaceReader.Tree tree = state.files(workspace, asOf, ReadBound.NONE).toCompletableFuture().join();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", tree.version());
        ArrayNode files = json.putArray("files");
        tree.files().forEach(file -> files.addObject().put("file", file.file()).put("path", file.path())
            .put("length", file.lengthCodePoints()).put("version", file.version()));
        reply(exchange, 200, json.toString());
    }

    private void file(HttpExchange exchange, String[] parts, AsOf asOf) throws IOException {
        String name = URLDecoder.decode(parts[4].replace("+", "%2B"), StandardCharsets.UTF_8);
        FileReference target = parts[3].equals("files") ? FileReference.ofPath(name) : FileReference.ofFile(name);
        FileText text = state.file(parts[2], target, asOf, ReadBound.NONE).toCompletableFuture().join();
        exchange.getResponseHeaders().add("Heddle-Version", Long.toString(text.version()));
        exchange.getResponseHeaders().add("Heddle-File", text.file());
        exchange.getResponseHeaders().add("Heddle-Path", URLEncoder.encode(text.path(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().add("Heddle-File-Version", Long.toString(text.fileVersion()));
        exchange.getResponseHeaders().add("Heddle-Hash", text.hash());
        reply(exchange, 200, text.text());
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.stop(0);
        state.close();
    }
}
