package dev.heddle.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes records so that the same record is always the same bytes, and refuses text that has no UTF-8 form instead of
 * putting question marks in its place.
 */
final class HeddleDatumWriter<T> extends SpecificDatumWriter<T> {

    HeddleDatumWriter(Schema schema, SpecificData data) {
        super(schema, data);
    }

    @Override
    protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
        Map<Object, Object> sorted = new TreeMap<>();
        super.getMapEntries(map).forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted.entrySet();
    }

    @Override
    protected void writeString(Object datum, Encoder out) throws IOException {
        if (datum instanceof String text) {
            checkWellFormed(text);
        }
        super.writeString(datum, out);
    }

    private static void checkWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new AvroRuntimeException("text: lone surrogate at UTF-16 unit " + i
                        + " (expected: well-formed Unicode)");
                }
                i++;
            }
        }
    }
}
