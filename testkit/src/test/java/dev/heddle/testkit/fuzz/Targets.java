package dev.heddle.testkit.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.CorruptLogException;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.gateway.protocol.ClientMessageDecoder;
import dev.heddle.gateway.protocol.ProtocolException;
import dev.heddle.gateway.rest.ApiException;
import dev.heddle.gateway.rest.RequestBodies;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.MalformedRecordException;
import dev.heddle.schemas.serde.SchemaNotFoundException;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.schemas.topic.WorkspaceKeys;
import dev.heddle.snapshotter.store.RecordCodec;
import dev.heddle.testkit.simulator.SchemaServer;
import dev.heddle.transformer.store.Manifest;
import dev.heddle.transformer.store.StoredDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Everything that reads what others wrote. Each target is new at each call and for one thread. */
public final class Targets {

    private static final int MESSAGE_BYTES_MAX = 1 << 14;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int PREFIX_BYTES = 5;

    private record Reader(String name, boolean text, Function<byte[], String> reader) implements FuzzTarget {
        @Override
        public String run(byte[] input) {
            return reader.apply(input);
        }
    }

    private Targets() {
    }

    /** {@return all targets} */
    public static List<FuzzTarget> all() {
        return List.of(new Reader("socket", true, socket()), new Reader("operation", true, Targets::operation),
            new Reader("rest", true, Targets::rest), new Reader("client-op", false, clientOp()),
            new Reader("canonical-op", false, canonicalOp()), new Reader("keys", true, Targets::keys),
            new Reader("checkpoint", false, Targets::checkpoint), new DecideTarget());
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** What kind of refusal it is: its class and the words of its message, without what was refused. */
    private static String refused(Exception named) {
        if (named.getMessage() == null || named.getMessage().isBlank()) {
            throw new IllegalStateException("a refusal that says nothing", named);
        }
        String message = named.getMessage();
        int expected = message.lastIndexOf("(expected");
        return named.getClass().getSimpleName() + (expected < 0 ? "" : DIGITS.matcher(message.substring(expected))
            .replaceAll("n"));
    }

    private static Function<byte[], String> socket() {
        ClientMessageDecoder decoder = new ClientMessageDecoder(MESSAGE_BYTES_MAX);
        return input -> {
            try {
                return decoder.decode(text(input)).getClass().getSimpleName();
            } catch (ProtocolException named) {
                return refused(named);
            }
        };
    }

    /** What was read must be written again as something that reads the same. */
    private static String operation(byte[] input) {
        try {
            Operation operation = OperationJson.operation(OperationJson.parse(input, MESSAGE_BYTES_MAX));
            Operation again = OperationJson.operation(OperationJson.json(operation));
            if (!again.equals(operation)) {
                throw new IllegalStateException(operation + " was written and read as " + again);
            }
            return operation.getClass().getSimpleName();
        } catch (CodecException named) {
            return refused(named);
        }
    }

    private static String rest(byte[] input) {
        ObjectNode body;
        try {
            body = RequestBodies.json(input, MESSAGE_BYTES_MAX);
        } catch (ApiException named) {
            return refused(named);
        }
        StringBuilder kinds = new StringBuilder();
        List<Consumer<ObjectNode>> readers = List.of(json -> RequestBodies.patch(json, "a.txt"),
            RequestBodies::renameTo, json -> RequestBodies.version(json, "to"), RequestBodies::workspaceName);
        for (Consumer<ObjectNode> reader : readers) {
            try {
                reader.accept(body);
                kinds.append("+ ");
            } catch (ApiException named) {
                kinds.append(refused(named)).append(' ');
            }
        }
        return kinds.toString();
    }

    private static Function<byte[], String> clientOp() {
        HeddleSerdes serdes = SchemaServer.serdes();
        return avro(1, value ->
            OperationCodec.submission(serdes.clientOp().deserializer().deserialize("t", value), 0, 0).operation());
    }

    private static Function<byte[], String> canonicalOp() {
        HeddleSerdes serdes = SchemaServer.serdes();
        RecordCodec codec = new RecordCodec(serdes.canonicalOp().deserializer(), serdes.snapshot());
        return avro(2, value -> codec.operation(value).operation());
    }

    /** Behind an unknown schema nothing more is read, so most inputs are given the id of a known one. */
    private static Function<byte[], String> avro(int schema, Function<byte[], Object> reader) {
        return input -> {
            byte[] record = input.clone();
            if (record.length >= PREFIX_BYTES && Arrays.hashCode(input) % 4_096 != 0) {
                ByteBuffer.wrap(record).put((byte) 0).putInt(schema);
            }
            try {
                return reader.apply(record).getClass().getSimpleName();
            } catch (MalformedRecordException | SchemaNotFoundException | CodecException named) {
                return refused(named);
            }
        };
    }

    private static String keys(byte[] input) {
        String text = text(input);
        StringBuilder kinds = new StringBuilder();
        IntFunction<Object> parse = which -> which == 0 ? CanonicalKeys.parse(text) : WorkspaceKeys.parse(text);
        for (int which = 0; which < 2; which++) {
            try {
                parse.apply(which);
                kinds.append('+');
            } catch (IllegalArgumentException named) {
                kinds.append(refused(named));
            }
        }
        return kinds.toString();
    }

    /** Stored forms: read from a disk or a changelog that may be damaged; the first byte says which. */
    private static String checkpoint(byte[] input) {
        if (input.length == 0) {
            return "empty";
        }
        byte[] stored = new byte[input.length - 1];
        ByteBuffer.wrap(input, 1, stored.length).get(stored);
        try {
            switch (input[0] & 3) {
                case 0:
                    Checkpoint read = Checkpoint.ofManifest(stored, (file, version) -> Text.EMPTY);
                    return WorkspaceState.restore(read, Limits.DEFAULT, version -> null) == null ? "" : "checkpoint";
                case 1:
                    return Manifest.read(stored).files().isEmpty() ? "manifest" : "manifest with files";
                case 2:
                    return StoredDecision.read(stored).outcome().getClass().getSimpleName();
                default:
                    return Skeleton.ofBytes(stored) == null ? "" : "skeleton";
            }
        } catch (IllegalArgumentException | CorruptLogException | RejectionException named) {
            return refused(named);
        }
    }
}
