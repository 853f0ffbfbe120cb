package dev.heddle.schemas.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.schemas.error.ErrorEntry;

/** Errors of REST answers: problem documents after RFC 9457, with Heddle's code. */
public final class ProblemJson {

    /** The media type of these documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:heddle:error:";

    private ProblemJson() {
    }

    /**
     * {@return the document; a caller may add fields that its answer has besides}
     *
     * @param entry  the error, from the catalogue
     * @param detail names the thing, the value and the rule
     */
    public static ObjectNode of(ErrorEntry entry, String detail) {
        return JsonNodeFactory.instance.objectNode()
            .put("type", TYPE_PREFIX + entry.code())
            .put("title", entry.sentence())
            .put("status", entry.httpStatus())
            .put("detail", detail)
            .put("code", entry.code())
            .put("retriable", entry.retriable());
    }
}
