package dev.heddle.cli.log;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.schemas.codec.OperationCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** A canonical operation as the transformer writes it: the Avro bytes without the schema id. One thread. */
public final class CanonicalBytes implements Function<CanonicalOperation, byte[]> {

    private final SpecificDatumWriter<CanonicalOp> writer = new SpecificDatumWriter<>(CanonicalOp.getClassSchema());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    @Override
    public byte[] apply(CanonicalOperation operation) {
        return of(OperationCodec.canonicalOp(operation));
    }

    /** {@return the Avro bytes of a record, in the schema of today} */
    byte[] of(CanonicalOp operation) {
        bytes.reset();
        try {
            writer.write(operation, encoder);
            encoder.flush();
        } catch (IOException error) {
            throw new UncheckedIOException("writing to memory", error);
        }
        return bytes.toByteArray();
    }
}
