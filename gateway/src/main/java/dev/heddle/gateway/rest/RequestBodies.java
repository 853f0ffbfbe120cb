package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.gateway.protocol.ProtocolException;
import dev.heddle.gateway.protocol.WellFormed;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.topic.WorkspaceNames;

/**
 * Reads the bodies of REST calls. Total: any bytes give a value or an {@link ApiException}, never anything else.
 * Stateless; any thread.
 */
public final class RequestBodies {

    /** Workspaces that readiness is tried in; nobody may make one of these names. */
    static final String RESERVED_PREFIX = "heddle-probe-";

    /**
     * One operation on the file that the address names.
     *
     * @param base      the version it was written against, or null for the newest
     * @param operation an edit or a replace
     */
    public record Patch(Long base, Operation operation) {
    }

    private RequestBodies() {
    }

    /**
     * {@return a body as a JSON object}
     *
     * @param body     the bytes
     * @param bytesMax largest body, in bytes
     * @throws ApiException where it is not one
     */
    public static ObjectNode json(byte[] body, int bytesMax) {
        try {
            return OperationJson.parse(body, bytesMax);
        } catch (CodecException e) {
            throw new ApiException(e.code(), e.getMessage());
        }
    }

    /**
     * {@return the operation of a {@code PATCH}}
     *
     * @param body the body
     * @param path the file's path, from the address
     * @throws ApiException where it is not such an operation
     */
    public static Patch patch(ObjectNode body, String path) {
        ObjectNode json = body.get("op") instanceof ObjectNode nested ? nested : body;
        JsonNode given = body.get("base");
        Long base = given == null || given.isNull() ? null : Call.number("base", given.asText());
        if (json.hasNonNull("file") || json.hasNonNull("path")) {
            throw new ApiException(RejectionCode.BAD_REQUEST,
                "the file is named by the address (expected: neither file nor path in the body)");
        }
        ObjectNode complete = json.deepCopy().put("path", path);
        complete.remove("base");
        Operation operation = operation(complete);
        if (operation instanceof Operation.Edit && base == null) {
            throw new ApiException(RejectionCode.BAD_REQUEST,
                "base: missing (expected: the version the changes were written against)");
        }
        if (!(operation instanceof Operation.Edit) && !(operation instanceof Operation.Replace)) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "kind: " + json.path("kind").asText()
                + " (expected: edit or replace)");
        }
        return new Patch(base, operation);
    }

    private static Operation operation(ObjectNode json) {
        try {
            Operation operation = OperationJson.submitted(json);
            WellFormed.check(operation);
            return operation;
        } catch (CodecException e) {
            throw new ApiException(e.code(), e.getMessage());
        } catch (RejectionException e) {
            throw new ApiException(e.code(), e.getMessage());
        } catch (ProtocolException e) {
            throw new ApiException(e.code(), e.getMessage());
        }
    }

    /**
     * {@return the new path of a rename; whether it is a good one is for the caller to check}
     *
     * @param body the body
     * @throws ApiException where there is none
     */
    public static String renameTo(ObjectNode body) {
        JsonNode to = body.get("to");
        if (to == null || !to.isTextual()) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "to: missing (expected: the new path)");
        }
        return to.textValue();
    }

    /**
     * {@return a version}
     *
     * @param body  the body
     * @param field the field that holds it
     * @throws ApiException where it holds none
     */
    public static long version(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new ApiException(RejectionCode.BAD_REQUEST, field + ": " + Call.shown(value == null ? null
                : value.toString()) + " (expected: a version)");
        }
        return value.longValue();
    }

    /**
     * {@return the name of a workspace to be made}
     *
     * @param body the body
     * @throws ApiException where there is none, or one that may not be used
     */
    public static String workspaceName(ObjectNode body) {
        JsonNode name = body.get("name");
        if (name == null || !name.isTextual() || !WorkspaceNames.valid(name.textValue())) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "name: " + Call.shown(name == null ? null
                : name.toString()) + " (expected: " + WorkspaceNames.REGEX + ")");
        }
        if (name.textValue().startsWith(RESERVED_PREFIX)) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "name: " + name.textValue() + " (expected: not to begin"
                + " with " + RESERVED_PREFIX + ", which is reserved)");
        }
        return name.textValue();
    }
}
