package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.gateway.access.AccessException;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.schemas.error.EdgeError;
import dev.heddle.schemas.error.ErrorCatalogue;
import dev.heddle.schemas.error.ErrorEntry;
import dev.heddle.schemas.json.ProblemJson;
import java.util.concurrent.CompletionException;

/** A call that is answered with a problem document. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorEntry entry;
    private final transient RejectedOperation rejection;

    ApiException(RejectionCode code, String message) {
        this(ErrorCatalogue.of(code), message, null);
    }

    ApiException(EdgeError error, String message) {
        this(ErrorCatalogue.of(error), message, null);
    }

    private ApiException(ErrorEntry entry, String message, RejectedOperation rejection) {
        super(message, null, false, false);
        this.entry = entry;
        this.rejection = rejection;
    }

    /** {@return the answer to an operation that was refused} */
    static ApiException of(RejectedOperation rejection) {
        return new ApiException(ErrorCatalogue.of(rejection.code()), rejection.message(), rejection);
    }

    /** {@return any failure of a call as one of these} */
    static ApiException of(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ApiException api) {
                return api;
            }
            if (cause instanceof ReadException read) {
                return new ApiException(read.code(), read.getMessage());
            }
            if (cause instanceof AccessException refused) {
                return new ApiException(refused.entry(), refused.getMessage(), null);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** {@return a failure of a call that was made up of several writes, which says first how far it came} */
    static CompletionException told(String progress, Throwable failure) {
        ApiException known = of(failure);
        return new CompletionException(known == null ? failure
            : new ApiException(known.entry, progress + known.getMessage(), null));
    }

    RejectionCode rejectionCode() {
        return rejection == null ? null : rejection.code();
    }

    /** {@return the HTTP status} */
    public int status() {
        return entry.httpStatus();
    }

    ObjectNode problem() {
        ObjectNode problem = ProblemJson.of(entry, getMessage());
        if (rejection != null) {
            problem.put("version", rejection.version()).put("session", rejection.session())
                .put("seq", rejection.seq());
            if (rejection.expectedSeq() != null) {
                problem.put("expectedSeq", rejection.expectedSeq());
            }
        }
        return problem;
    }
}
