import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Avro's binary form, driven by a schema: a record is a map with its full name under {@value #TYPE}.
 *
 * <p>Reads with the writer's schema, so a field somebody added is one more entry of the map, and one that is missing is
 * missing. Writes with whatever schema the registry has, taking defaults for fields this program does not know.
 */
final class Avro {

    static final String TYPE = "$type";

    private final Object schema;
    private final Map<String, Map<String, Object>> named = new HashMap<>();

    Avro(String schemaJson) {
        this.schema = Json.parse(schemaJson);
        collect(schema, "");
    }

    /** Later parts of a schema call earlier ones by name. */
    private void collect(Object part, String namespace) {
        if (part instanceof List<?> union) {
            union.forEach(branch -> collect(branch, namespace));
        } else if (part instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Object> type = (Map<String, Object>) map;
            String inside = namespace;
            if (type.get("name") instanceof String name) {
                inside = type.get("namespace") instanceof String own ? own
                    : name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : namespace;
                String full = name.contains(".") || inside.isEmpty() ? name : inside + "." + name;
                type.put(TYPE, full);
                named.put(full, type);
                named.put(full.substring(full.lastIndexOf('.') + 1), type);
            }
            if (type.get("fields") instanceof List<?> fields) {
                for (Object field : fields) {
                    collect(((Map<?, ?>) field).get("type"), inside);
                }
            }
            collect(type.get("items"), inside);
            collect(type.get("values"), inside);
        }
    }

    private Object resolved(Object type) {
        Object known = type instanceof String name && named.containsKey(name) ? named.get(name) : type;
        return known instanceof Map<?, ?> map && map.get("type") instanceof Map ? map.get("type") : known;
    }

    private static String kind(Object type) {
        return type instanceof Map<?, ?> map ? (String) map.get("type") : (String) type;
    }

    // ---- reading

    @SuppressWarnings("unchecked")
    Map<String, Object> read(ByteBuffer bytes) {
        return (Map<String, Object>) read(schema, bytes.order(ByteOrder.LITTLE_ENDIAN));
    }

    private Object read(Object part, ByteBuffer in) {
        Object type = resolved(part);
        if (type instanceof List<?> union) {
            return read(union.get((int) readLong(in)), in);
        }
        return switch (kind(type)) {
            case "null" -> null;
            case "boolean" -> in.get() != 0;
            case "int", "long" -> readLong(in);
            case "float" -> (double) in.getFloat();
            case "double" -> in.getDouble();
            case "string" -> new String(readBytes(in), StandardCharsets.UTF_8);
            case "bytes" -> readBytes(in);
            case "enum" -> ((List<?>) ((Map<?, ?>) type).get("symbols")).get((int) readLong(in));
            case "fixed" -> read(in, ((Long) ((Map<?, ?>) type).get("size")).intValue());
            case "array" -> readArray((Map<?, ?>) type, in);
            case "map" -> readMap((Map<?, ?>) type, in);
            case "record" -> readRecord((Map<?, ?>) type, in);
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private Map<String, Object> readRecord(Map<?, ?> type, ByteBuffer in) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(TYPE, type.get(TYPE));
        for (Object field : (List<?>) type.get("fields")) {
            value.put((String) ((Map<?, ?>) field).get("name"), read(((Map<?, ?>) field).get("type"), in));
        }
        return value;
    }

    private List<Object> readArray(Map<?, ?> type, ByteBuffer in) {
        List<Object> list = new ArrayList<>();
        for (long block = readBlock(in); block > 0; block = readBlock(in)) {
            for (long i = 0; i < block; i++) {
                list.add(read(type.get("items"), in));
            }
        }
        return list;
    }

    private Map<String, Object> readMap(Map<?, ?> type, ByteBuffer in) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (long block = readBlock(in); block > 0; block = readBlock(in)) {
            for (long i = 0; i < block; i++) {
                String key = new String(readBytes(in), StandardCharsets.UTF_8);
                map.put(key, read(type.get("values"), in));
            }
        }
        return map;
    }

    /** A negative count is followed by the block's size in bytes. */
    private static long readBlock(ByteBuffer in) {
        long count = readLong(in);
        if (count < 0) {
            readLong(in);
        }
        return Math.abs(count);
    }

    private static byte[] readBytes(ByteBuffer in) {
        return read(in, (int) readLong(in));
    }

    private static byte[] read(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static long readLong(ByteBuffer in) {
        long zigZag = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            zigZag |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return zigZag >>> 1 ^ -(zigZag & 1);
    }

    // ---- writing

    byte[] write(Map<String, Object> value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(schema, value, out);
        return out.toByteArray();
    }

    private void write(Object part, Object value, ByteArrayOutputStream out) {
        Object type = resolved(part);
        if (type instanceof List<?> union) {
            int branch = branch(union, value);
            writeLong(branch, out);
            write(union.get(branch), value, out);
            return;
        }
        switch (kind(type)) {
            case "null" -> { }
            case "boolean" -> out.write((Boolean) value ? 1 : 0);
            case "int", "long" -> writeLong(((Number) value).longValue(), out);
            case "string" -> writeBytes(((String) value).getBytes(StandardCharsets.UTF_8), out);
            case "bytes" -> writeBytes((byte[]) value, out);
            case "enum" -> writeLong(((List<?>) ((Map<?, ?>) type).get("symbols")).indexOf(value), out);
            case "array" -> {
                List<?> items = (List<?>) value;
                if (!items.isEmpty()) {
                    writeLong(items.size(), out);
                    items.forEach(item -> write(((Map<?, ?>) type).get("items"), item, out));
                }
                writeLong(0, out);
            }
            case "map" -> {
                Map<?, ?> entries = (Map<?, ?>) value;
                if (!entries.isEmpty()) {
                    writeLong(entries.size(), out);
                    entries.forEach((key, entry) -> {
                        writeBytes(((String) key).getBytes(StandardCharsets.UTF_8), out);
                        write(((Map<?, ?>) type).get("values"), entry, out);
                    });
                }
                writeLong(0, out);
            }
            case "record" -> ((List<?>) ((Map<?, ?>) type).get("fields")).forEach(field ->
                writeField((Map<?, ?>) field, (Map<?, ?>) value, out));
            default -> throw new IllegalArgumentException("type " + type);
        }
    }

    private void writeField(Map<?, ?> field, Map<?, ?> record, ByteArrayOutputStream out) {
        String name = (String) field.get("name");
        if (!record.containsKey(name) && !field.containsKey("default")) {
            throw new IllegalArgumentException("field " + name + " is missing and has no default");
        }
        write(field.get("type"), record.containsKey(name) ? record.get(name) : field.get("default"), out);
    }

    private int branch(List<?> union, Object value) {
        for (int i = 0; i < union.size(); i++) {
            Object type = resolved(union.get(i));
            boolean fits = value == null ? "null".equals(kind(type))
                : value instanceof Map<?, ?> map && map.containsKey(TYPE)
                    ? type instanceof Map<?, ?> record && record.get(TYPE).equals(map.get(TYPE))
                : !"null".equals(kind(type));
            if (fits) {
                return i;
            }
        }
        throw new IllegalArgumentException("no branch of " + union + " for " + value);
    }

    private static void writeBytes(byte[] bytes, ByteArrayOutputStream out) {
        writeLong(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static void writeLong(long value, ByteArrayOutputStream out) {
        long zigZag = value << 1 ^ value >> 63;
        while ((zigZag & ~0x7fL) != 0) {
            out.write((int) (zigZag & 0x7f | 0x80));
            zigZag >>>= 7;
        }
        out.write((int) zigZag);
    }
}
