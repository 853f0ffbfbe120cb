package dev.heddle.testkit.chaos;

/**
 * A record of a raw log that a broker confirmed to a Kafka writer.
 *
 * @param workspace the workspace
 * @param offset    where the broker said it is
 * @param session   the writer's session
 * @param seq       its number within the session
 */
public record Appended(String workspace, long offset, String session, long seq) {
}
