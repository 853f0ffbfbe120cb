package dev.heddle.schemas.error;

import java.util.Objects;

/**
 * All there is to say of one error.
 *
 * @param number     its permanent number
 * @param code       its permanent name, as clients see it
 * @param audience   who can do something about it
 * @param retriable  whether sending the same again, unchanged, can help
 * @param httpStatus the status of a REST answer with it
 * @param closeCode  the code a WebSocket is closed with for it: 4400 to 4499 for do not retry, 4500 to 4599 for retry
 * @param sentence   the rule in one sentence
 */
public record ErrorEntry(int number, String code, Audience audience, boolean retriable, int httpStatus,
                         int closeCode, String sentence) {

    private static final int FIRST_CLOSE_CODE = 4400;
    private static final int FIRST_RETRIABLE_CLOSE_CODE = 4500;
    private static final int LAST_CLOSE_CODE = 4599;

    /** Checks that the parts go together. */
    public ErrorEntry {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(audience, "audience");
        Objects.requireNonNull(sentence, "sentence");
        int least = retriable ? FIRST_RETRIABLE_CLOSE_CODE : FIRST_CLOSE_CODE;
        int most = retriable ? LAST_CLOSE_CODE : FIRST_RETRIABLE_CLOSE_CODE - 1;
        if (closeCode < least || closeCode > most) {
            throw new IllegalArgumentException(code + ": close code " + closeCode + " (expected: " + least + " to "
                + most + ")");
        }
    }
}
