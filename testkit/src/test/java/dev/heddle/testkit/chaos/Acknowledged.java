package dev.heddle.testkit.chaos;

/**
 * An operation of which its writer was told that it counts.
 *
 * @param workspace      the workspace
 * @param session        the writer's session
 * @param seq            its number within the session
 * @param version        the version it was given
 * @param hash           the hash in hex it was shown
 * @param submittedNanos when it was first sent, of {@link System#nanoTime()}; 0 where that is not known
 * @param nanos          when the writer was told
 */
public record Acknowledged(String workspace, String session, long seq, long version, String hash,
                           long submittedNanos, long nanos) {
}
