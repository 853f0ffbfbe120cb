package dev.heddle.testkit.invariant;

/**
 * A writer was told that its operation is committed.
 *
 * @param workspace its workspace
 * @param session   the writer's session
 * @param seq       the operation's number
 * @param version   the version it is said to have taken
 */
public record Acknowledgement(String workspace, String session, long seq, long version) {
}
