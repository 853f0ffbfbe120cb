package dev.heddle.teststack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The Confluent wire format, written from its description alone: a zero byte, the schema's id in 4 bytes, Avro binary.
 *
 * <p>It shares no code with the serde of module schemas, so that each can be judged by the other. Thread-safe.
 */
public final class WireCodec {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String registryUrl;
    private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * A codec on a registry.
     *
     * @param registryUrl address of the Confluent-compatible API
     */
    public WireCodec(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    /**
     * {@return the record in wire format}; its schema is registered under its full name where it is not yet
     *
     * @param message any generated record
     */
    public byte[] encode(SpecificRecord message) {
        int id = ids.computeIfAbsent(message.getSchema(), this::register);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new SpecificDatumWriter<>(message.getSchema(), SpecificData.getForClass(message.getClass()))
                .write(message, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * {@return the record read back, with the writer's schema fetched by its id}
     *
     * @param bytes bytes in wire format
     * @param type  the generated class
     * @param <T>   the generated class
     */
    public <T extends SpecificRecord> T decode(byte[] bytes, Class<T> type) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() != 0) {
            throw new IllegalArgumentException("wire format: first byte " + bytes[0] + " (expected: 0)");
        }
        Schema writer = schemas.computeIfAbsent(buffer.getInt(), this::fetch);
        SpecificData data = SpecificData.getForClass(type);
        try {
            return new SpecificDatumReader<T>(writer, data.getSchema(type), data)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, buffer.position(), buffer.remaining(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int register(Schema schema) {
        String body = MAPPER.createObjectNode().put("schema", schema.toString()).toString();
        return send(HttpRequest.newBuilder(
                URI.create(registryUrl + "/subjects/" + schema.getFullName() + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body)).timeout(TIMEOUT).build()).get("id").intValue();
    }

    private Schema fetch(int id) {
        JsonNode answer = send(HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id))
            .timeout(TIMEOUT).build());
        return new Schema.Parser().parse(answer.get("schema").textValue());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("registry: " + request.uri() + " answered " + response.statusCode()
                    + " " + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("registry: " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the registry", e);
        }
    }
}
