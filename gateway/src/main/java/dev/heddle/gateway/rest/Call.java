package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.protocol.ClientMessageDecoder;
import dev.heddle.gateway.room.AsOf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** One request as the calls see it: its parameters read strictly, each fault named. */
final class Call {

    /** Who writes, where the client says so; the same pair again is the same operation. */
    record Identity(String session, long seq) {
    }

    private final HttpServerRequest request;
    private final String workspace;
    private final String path;
    private final Buffer body;
    private final Access access;

    /**
     * A call.
     *
     * @param request   the request
     * @param workspace the workspace it is about, or null
     * @param path      the file it is about, or null
     * @param body      the whole body, empty where there is none
     * @param access    what the client may do
     */
    Call(HttpServerRequest request, String workspace, String path, Buffer body, Access access) {
        this.request = request;
        this.workspace = workspace;
        this.path = path;
        this.body = body;
        this.access = access;
    }

    /** {@return what the client may do} */
    Access access() {
        return access;
    }

    /** {@return the same about a file} */
    Call of(String file) {
        return new Call(request, workspace, file, body, access);
    }

    String workspace() {
        return workspace;
    }

    String path() {
        return path;
    }

    String header(String name) {
        return request.getHeader(name);
    }

    Long number(String parameter) {
        return number(parameter, request.getParam(parameter));
    }

    String parameter(String name) {
        return request.getParam(name);
    }

    /** {@return which state the call asks for, by {@code version} or {@code at}} */
    AsOf asOf() {
        Long version = number("version");
        String at = parameter("at");
        if (version != null && at != null) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "version and at are both given (expected: one of them)");
        }
        if (at == null) {
            return AsOf.version(version);
        }
        try {
            return new AsOf(null, Instant.parse(at).toString());
        } catch (DateTimeParseException malformed) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "at: " + shown(at)
                + " (expected: a time in UTC such as 2026-11-20T12:00:00Z)");
        }
    }

    static Long number(String name, String value) {
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Answered below, as a negative number is.
        }
        throw new ApiException(RejectionCode.BAD_REQUEST, name + ": " + shown(value)
            + " (expected: a whole number, 0 or more)");
    }

    /** {@return the writer's session and number, or null where the client leaves them to the gateway} */
    Identity identity() {
        String session = header("Heddle-Session");
        Long seq = number("Heddle-Seq", header("Heddle-Seq"));
        if (session == null && seq == null) {
            return null;
        }
        if (session == null || seq == null || seq < 1 || !ClientMessageDecoder.isUuid(session)) {
            throw new ApiException(RejectionCode.BAD_REQUEST, "Heddle-Session: " + shown(session) + ", Heddle-Seq: "
                + seq + " (expected: both or none; a UUID, and a number from 1)");
        }
        return new Identity(session, seq);
    }

    /** {@return the writer's name: its token's subject, or without a token what it calls itself, or null} */
    String author() {
        if (access.subject() != null) {
            return access.subject();
        }
        String author = header("Heddle-Author");
        if (author != null && author.length() > ClientMessageDecoder.NAME_LENGTH_MAX) {
            throw new ApiException(RejectionCode.TOO_LARGE, "Heddle-Author: " + author.length()
                + " characters (expected: at most " + ClientMessageDecoder.NAME_LENGTH_MAX + ")");
        }
        return author == null || author.isEmpty() ? null : PathSegments.decode(author);
    }

    ObjectNode json(int bytesMax) {
        return RequestBodies.json(body.getBytes(), bytesMax);
    }

    /** {@return the body as a text; bytes that are not UTF-8 are refused, nothing is altered} */
    String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(RejectionCode.TEXT_MALFORMED, "body: " + body.length()
                + " bytes that are not UTF-8 (expected: text in well-formed UTF-8)");
        }
    }

    static String shown(String value) {
        return value == null ? "missing" : value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }
}
