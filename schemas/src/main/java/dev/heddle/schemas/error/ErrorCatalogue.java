package dev.heddle.schemas.error;

import dev.heddle.engine.RejectionCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of all errors: the engine's rejections and what only the edge finds. Immutable; any thread. */
public final class ErrorCatalogue {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** Close codes of rejections lie above those of the edge: this plus the number. */
    private static final int CLOSE_CODE_BASE = 4440;
    private static final int RETRIABLE_CLOSE_CODE_BASE = 4540;

    private static final Map<RejectionCode, ErrorEntry> REJECTIONS = rejections();

    private ErrorCatalogue() {
    }

    private static Map<RejectionCode, ErrorEntry> rejections() {
        Map<RejectionCode, ErrorEntry> entries = new EnumMap<>(RejectionCode.class);
        for (RejectionCode code : RejectionCode.values()) {
            int closeBase = code.retriable() ? RETRIABLE_CLOSE_CODE_BASE : CLOSE_CODE_BASE;
            entries.put(code, new ErrorEntry(code.number(), code.name(), audience(code), code.retriable(),
                httpStatus(code), closeBase + code.number(), code.sentence()));
        }
        return entries;
    }

    private static Audience audience(RejectionCode code) {
        return code == RejectionCode.UNAVAILABLE ? Audience.OPERATOR : Audience.CLIENT;
    }

    private static int httpStatus(RejectionCode code) {
        return switch (code) {
            case BAD_REQUEST -> BAD_REQUEST;
            case FORBIDDEN -> FORBIDDEN;
            case UNKNOWN_WORKSPACE, UNKNOWN_FILE, FILE_DELETED -> NOT_FOUND;
            case PATH_TAKEN, SEQ_GAP, SEQ_REUSED, PRECEDING_REJECTED, ANCHOR_NOT_FOUND, ANCHOR_AMBIGUOUS -> CONFLICT;
            case BASE_TOO_OLD -> GONE;
            case TOO_LARGE -> CONTENT_TOO_LARGE;
            case PATH_INVALID, OUT_OF_RANGE, BASE_IN_FUTURE, TEXT_MALFORMED -> UNPROCESSABLE;
            case LIMIT_REACHED -> TOO_MANY_REQUESTS;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /**
     * {@return what the catalogue says of a rejection}
     *
     * @param code the rejection's code
     */
    public static ErrorEntry of(RejectionCode code) {
        return REJECTIONS.get(code);
    }

    /**
     * {@return what the catalogue says of an error of the edge}
     *
     * @param error the error
     */
    public static ErrorEntry of(EdgeError error) {
        return error.entry();
    }

    /**
     * {@return the entry of a name, or nothing where no error is called so}
     *
     * @param code a permanent name
     */
    public static Optional<ErrorEntry> byCode(String code) {
        return entries().stream().filter(entry -> entry.code().equals(code)).findFirst();
    }

    /** {@return all entries, by number} */
    public static List<ErrorEntry> entries() {
        List<ErrorEntry> all = new ArrayList<>(REJECTIONS.values());
        for (EdgeError error : EdgeError.values()) {
            all.add(error.entry());
        }
        all.sort(Comparator.comparingInt(ErrorEntry::number));
        return all;
    }
}
