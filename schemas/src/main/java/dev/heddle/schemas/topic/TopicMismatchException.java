package dev.heddle.schemas.topic;

/** A topic exists, but not as Heddle needs it; an operator has to put it right. The message says what and how. */
public final class TopicMismatchException extends RuntimeException {

    /**
     * An error for an operator.
     *
     * @param message names the topic, the setting, the value found and the value needed
     */
    public TopicMismatchException(String message) {
        super(message);
    }
}
