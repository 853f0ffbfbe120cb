package dev.heddle.snapshotter;

import dev.heddle.CanonicalOp;
import dev.heddle.Snapshot;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.snapshotter.store.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Avro without a registry, for tests of what happens between the topics. */
public final class PlainAvro {

    private PlainAvro() {
    }

    public static RecordCodec codec() {
        Serde<CanonicalOp> operations = serde(CanonicalOp.getClassSchema());
        return new RecordCodec(operations.deserializer(), serde(Snapshot.getClassSchema()));
    }

    public static <T extends SpecificRecord> Serde<T> serde(Schema schema) {
        return Serdes.serdeFrom((topic, record) -> write(record), (topic, bytes) -> read(schema, bytes));
    }

    public static byte[] write(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static <T extends SpecificRecord> T read(Schema schema, byte[] bytes) {
        try {
            return new SpecificDatumReader<T>(schema).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException malformed) {
            throw new MalformedRecordException("not " + schema.getFullName(), malformed);
        }
    }
}
