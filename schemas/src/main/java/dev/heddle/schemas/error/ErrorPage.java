package dev.heddle.schemas.error;

import dev.heddle.engine.RejectionCode;

/** Writes the reference page of errors from the catalogue. */
public final class ErrorPage {

    private static final String HEAD = """
        # Errors

        Generated from `ErrorCatalogue` (module `schemas`); a test fails when this page differs from it.
        Numbers and names are permanent: a code is never renumbered, renamed or used for something else.

        A rejection travels as `dev.heddle.Rejection` on `heddle.rejections` and as the message `rejected` on a
        WebSocket; over REST every error is `application/problem+json` with the name in `code`. A WebSocket that cannot
        go on gets `error {code, message}` and is closed: 4400 to 4499 means do not connect again with the same request,
        4500 to 4599 means connect again. Retriable says whether sending the same again, unchanged, can help. Every
        message names the thing, the value and the rule.

        What is wrong with a frame is told apart by its close code: `MALFORMED_MESSAGE`, `UNKNOWN_MESSAGE_TYPE`,
        `UNSUPPORTED_PROTOCOL`, `HELLO_EXPECTED` and `BINARY_FRAME` carry `BAD_REQUEST` as their `code`,
        `FRAME_TOO_LARGE` carries `TOO_LARGE`, `TOO_MANY_CONNECTIONS` carries `LIMIT_REACHED`.

        | number | code | HTTP | close | retriable | for | meaning |
        | --- | --- | --- | --- | --- | --- | --- |
        """;

    private static final String PRECEDENCE = """

        ## When several apply

        The first that applies, in this order, is the answer:

        1. The edge: the frame or body (`FRAME_TOO_LARGE`, `MALFORMED_MESSAGE`, `UNKNOWN_MESSAGE_TYPE`,
           `HELLO_EXPECTED`), then the caller (`FORBIDDEN`), then the workspace (`UNKNOWN_WORKSPACE`), then what the
           system can take at the moment (`LIMIT_REACHED`, `UNAVAILABLE`).
        2. The form of the record: `BAD_REQUEST`.
        3. The number: where (session, seq) was answered before, that answer again; `SEQ_REUSED` where it was another
           operation, `SEQ_GAP` where it is not the session's next; `BASE_TOO_OLD` where the session is new here, or was
           forgotten, and its base is older than what was forgotten.
        4. The sizes of the operation: `TOO_LARGE`.
        5. The base and the operations it stands on: `BASE_IN_FUTURE`, `BASE_TOO_OLD`, `PRECEDING_REJECTED`.
        6. The file it names: `PATH_INVALID`, `UNKNOWN_FILE`, `FILE_DELETED`.
        7. What it says of the text: `BAD_REQUEST`, `TEXT_MALFORMED`, `OUT_OF_RANGE`, `ANCHOR_NOT_FOUND`,
           `ANCHOR_AMBIGUOUS`.
        8. What would become of the workspace: `PATH_TAKEN`, `TOO_LARGE`, `LIMIT_REACHED`.

        A rejection of step 4 or later uses the session's number up: the same operation sent again gets the same answer,
        and an operation that stands on it is `PRECEDING_REJECTED`. Steps 1 to 3 use up nothing.
        """;

    private ErrorPage() {
    }

    /** {@return the page as Markdown} */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (ErrorEntry entry : ErrorCatalogue.entries()) {
            if (entry.number() == EdgeError.MALFORMED_MESSAGE.entry().number()) {
                page.append("| | **only at the edge** | | | | | |\n");
            }
            page.append("| ").append(entry.number())
                .append(" | `").append(entry.code()).append('`')
                .append(" | ").append(entry.httpStatus())
                .append(" | ").append(entry.closeCode())
                .append(" | ").append(entry.retriable() ? "yes" : "no")
                .append(" | ").append(entry.audience().word())
                .append(" | ").append(entry.sentence()).append(" |\n");
        }
        page.append("\nThe engine knows ").append(RejectionCode.values().length)
            .append(" codes, the edge ").append(EdgeError.values().length).append(" more.\n");
        return page.append(PRECEDENCE).toString();
    }
}
