package dev.heddle.schemas.error;

/**
 * What only the edge (WebSocket and REST) can find wrong. Numbers and names are permanent, as those of
 * {@code RejectionCode}, and lie above them.
 */
public enum EdgeError {
    /** A frame or body is not JSON, or not an object. */
    MALFORMED_MESSAGE(101, 400, 4400, false, Audience.CLIENT, "The message is not a JSON object of the right form."),
    /** The {@code type} of a message is none of the protocol's. */
    UNKNOWN_MESSAGE_TYPE(102, 400, 4401, false, Audience.CLIENT, "The message's type is not one of the protocol's."),
    /** The WebSocket subprotocol offered is not supported. */
    UNSUPPORTED_PROTOCOL(103, 400, 4402, false, Audience.CLIENT,
        "None of the offered WebSocket subprotocols is supported; offer heddle.v1."),
    /** Another message came before {@code hello}, or a second {@code hello}. */
    HELLO_EXPECTED(104, 400, 4403, false, Audience.CLIENT, "The first message, and only the first, is a hello."),
    /** A binary frame came. */
    BINARY_FRAME(105, 400, 4404, false, Audience.CLIENT, "Messages are text frames; a binary frame came."),
    /** A frame or body is larger than the limit. */
    FRAME_TOO_LARGE(106, 413, 4413, false, Audience.CLIENT, "The frame or body is larger than the limit."),
    /** No {@code hello} came in time. */
    HELLO_TIMEOUT(107, 408, 4408, false, Audience.CLIENT, "No hello came in time."),
    /** A newer connection took over the session. */
    SESSION_SUPERSEDED(108, 409, 4409, false, Audience.CLIENT, "A newer connection took over this session."),
    /** No frame came for too long. */
    HEARTBEAT_LOST(109, 503, 4508, true, Audience.CLIENT, "No frame of any kind came for too long."),
    /** A client reads more slowly than its queue allows. */
    SLOW_CONSUMER(110, 503, 4509, true, Audience.CLIENT,
        "The client reads more slowly than its queue allows; it resumes by version."),
    /** The server is going down in good order. */
    SHUTTING_DOWN(111, 503, 4501, true, Audience.CLIENT, "The server is shutting down; connect again."),
    /** There are as many connections as allowed. */
    TOO_MANY_CONNECTIONS(112, 503, 4510, true, Audience.OPERATOR, "There are as many connections as allowed."),
    /** A workspace of that name is there already. */
    WORKSPACE_EXISTS(113, 409, 4420, false, Audience.CLIENT, "A workspace of that name exists already."),
    /** No such address. */
    NOT_FOUND(114, 404, 4414, false, Audience.CLIENT, "Nothing is at this address."),
    /** The address does not take this method. */
    METHOD_NOT_ALLOWED(115, 405, 4415, false, Audience.CLIENT, "The address does not take this method."),
    /** The answer has none of the wanted media types. */
    NOT_ACCEPTABLE(116, 406, 4416, false, Audience.CLIENT, "The answer has none of the media types asked for."),
    /** The body is of another media type. */
    UNSUPPORTED_MEDIA_TYPE(117, 415, 4417, false, Audience.CLIENT, "The body is not of the media type expected."),
    /** A condition such as {@code If-Match} did not hold. */
    PRECONDITION_FAILED(118, 412, 4418, false, Audience.CLIENT,
        "The file is not at the version the request was made for."),
    /** A fault of the server. */
    INTERNAL(119, 500, 4500, true, Audience.DEVELOPER,
        "The server made a mistake; its log has the details under the time of the answer."),
    /** A web page of a foreign origin. */
    ORIGIN_NOT_ALLOWED(120, 403, 4421, false, Audience.OPERATOR,
        "The request comes from a web page that may not use this gateway."),
    /** No token came where one is needed, or one that cannot be trusted. */
    UNAUTHENTICATED(121, 401, 4422, false, Audience.CLIENT, "A token is missing, or it is not one to be trusted."),
    /** The token ended or was revoked. */
    TOKEN_ENDED(122, 401, 4423, false, Audience.CLIENT,
        "The token has ended or was revoked; connect again with a new one.");

    private final ErrorEntry entry;

    EdgeError(int number, int httpStatus, int closeCode, boolean retriable, Audience audience, String sentence) {
        this.entry = new ErrorEntry(number, name(), audience, retriable, httpStatus, closeCode, sentence);
    }

    /** {@return everything the catalogue says of this error} */
    public ErrorEntry entry() {
        return entry;
    }
}
