package dev.heddle.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Operations and the messages about them, to JSON and back. Stateless; any thread. What cannot be read is a
 * {@link CodecException} that names the field, and nothing else.
 */
public final class OperationJson {

    /** Deepest nesting of a message; the protocol itself needs five levels. */
    public static final int MAX_NESTING = 20;

    private static final int MAX_NUMBER_CHARS = 40;
    private static final int MAX_NAME_CHARS = 200;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING)
            .maxNumberLength(MAX_NUMBER_CHARS).maxNameLength(MAX_NAME_CHARS).maxStringLength(Integer.MAX_VALUE).build())
        .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private OperationJson() {
    }

    /**
     * {@return an operation in its JSON form, as submitted or canonical}
     *
     * @param node the value of a field {@code op}
     * @throws CodecException where it is not an operation; the message names the field
     */
    public static Operation operation(JsonNode node) {
        return OperationReader.read(node);
    }

    /**
     * {@return an operation in its JSON form, without anything that only canonical operations may hold}
     *
     * @param node the value of a field {@code op}
     * @throws CodecException where it is not such an operation; the message names the field
     */
    public static Operation submitted(JsonNode node) {
        return OperationCodec.checkSubmitted(operation(node));
    }

    /**
     * {@return the JSON form of an operation}
     *
     * @param operation the operation
     */
    public static ObjectNode json(Operation operation) {
        return OperationWriter.write(operation);
    }

    /**
     * {@return what was submitted, as it stands in a raw log: {@code session}, {@code seq}, {@code base}, {@code after}
     * and {@code author} where they are given, {@code op}}
     *
     * @param submission the submission
     */
    public static ObjectNode submission(Submission submission) {
        ObjectNode node = JSON.createObjectNode();
        node.put("session", submission.session()).put("seq", submission.seq()).put("base", submission.base());
        if (submission.after() != null) {
            node.put("after", submission.after());
        }
        if (submission.author() != null) {
            node.put("author", submission.author());
        }
        node.set("op", json(submission.operation()));
        return node;
    }

    /**
     * {@return the message {@code op} that everybody in a workspace gets}
     *
     * @param operation the accepted operation
     */
    public static ObjectNode opMessage(CanonicalOperation operation) {
        ObjectNode message = JSON.createObjectNode();
        message.put("type", "op").put("version", operation.version());
        if (operation.file() != null) {
            message.put("file", operation.file());
        }
        if (operation.path() != null) {
            message.put("path", operation.path());
        }
        message.put("author", operation.author()).put("session", operation.session()).put("seq", operation.seq())
            .put("time", operation.timeMs()).put("hash", operation.hash().hex());
        message.set("op", json(operation.operation()));
        return message;
    }

    /**
     * {@return the message {@code rejected} that only the author gets}
     *
     * @param rejected the refused operation
     */
    public static ObjectNode rejectedMessage(RejectedOperation rejected) {
        ObjectNode message = JSON.createObjectNode();
        message.put("type", "rejected").put("seq", rejected.seq()).put("code", rejected.code().name())
            .put("message", rejected.message()).put("retriable", rejected.code().retriable())
            .put("version", rejected.version());
        if (rejected.expectedSeq() != null) {
            message.put("expectedSeq", rejected.expectedSeq().longValue());
        }
        return message;
    }

    /**
     * {@return one JSON object: no duplicate names, nothing after it, nesting and numbers bounded}
     *
     * @param text     the text
     * @param maxBytes most bytes it may have in UTF-8
     * @throws CodecException with {@code TOO_LARGE} or {@code BAD_REQUEST}
     */
    public static ObjectNode parse(String text, int maxBytes) {
        // A text has at least one byte per UTF-16 unit and at most three, so most need not be encoded to be measured.
        boolean small = text.length() <= maxBytes / 3;
        checkSize(small ? text.length() : text.getBytes(StandardCharsets.UTF_8).length, maxBytes);
        try {
            return object(JSON.readTree(text));
        } catch (JsonProcessingException notJson) {
            throw notJson(notJson);
        }
    }

    /**
     * {@return one JSON object: no duplicate names, nothing after it, nesting and numbers bounded}
     *
     * @param utf8     the text in UTF-8
     * @param maxBytes most bytes
     * @throws CodecException with {@code TOO_LARGE} or {@code BAD_REQUEST}
     */
    public static ObjectNode parse(byte[] utf8, int maxBytes) {
        checkSize(utf8.length, maxBytes);
        try {
            return object(JSON.readTree(utf8));
        } catch (JsonProcessingException notJson) {
            throw notJson(notJson);
        } catch (IOException notUtf8) {
            throw new CodecException(RejectionCode.BAD_REQUEST, "message: not JSON in UTF-8: " + notUtf8.getMessage());
        }
    }

    private static void checkSize(int bytes, int maxBytes) {
        if (bytes > maxBytes) {
            throw new CodecException(RejectionCode.TOO_LARGE,
                "message: " + bytes + " bytes (expected: at most " + maxBytes + ")");
        }
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new CodecException(RejectionCode.BAD_REQUEST,
            "message: " + JsonFields.shown(node) + " (expected: a JSON object)");
    }

    private static CodecException notJson(JsonProcessingException error) {
        String where = error.getLocation() == null ? "" : " at line " + error.getLocation().getLineNr() + ", column "
            + error.getLocation().getColumnNr();
        return new CodecException(RejectionCode.BAD_REQUEST, "message: not JSON" + where + ": "
            + error.getOriginalMessage());
    }
}
