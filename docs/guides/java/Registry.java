import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A schema registry with Confluent's interface, and its wire format: a zero byte, the schema's id in 4 bytes, Avro. */
final class Registry {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Map<Integer, Avro> byId = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();

    Registry(String url) {
        this.url = url;
    }

    /** The record in wire format, written with the newest schema of its name. */
    byte[] encode(Map<String, Object> record) {
        int id = newest.computeIfAbsent((String) record.get(Avro.TYPE), this::newestId);
        byte[] avro = byId.get(id).write(record);
        return ByteBuffer.allocate(5 + avro.length).put((byte) 0).putInt(id).put(avro).array();
    }

    /** The record read with the schema it was written with. */
    Map<String, Object> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() != 0) {
            throw new IllegalArgumentException("first byte " + bytes[0] + " (expected: 0)");
        }
        Avro schema = byId.computeIfAbsent(buffer.getInt(),
            id -> new Avro((String) get("/schemas/ids/" + id).get("schema")));
        return schema.read(buffer.slice());
    }

    private int newestId(String name) {
        // Subjects are the records' full names, as there is a topic for each workspace (RecordNameStrategy).
        Map<String, Object> answer = get("/subjects/" + name + "/versions/latest");
        int id = ((Long) answer.get("id")).intValue();
        byId.put(id, new Avro((String) answer.get("schema")));
        return id;
    }

    private Map<String, Object> get(String path) {
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(url + path)).build(),
                HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
            }
            return Json.parseObject(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(url + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
