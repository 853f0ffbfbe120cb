package dev.heddle.gateway.room;

/**
 * One live file of a workspace's tree.
 *
 * @param file             its id
 * @param path             its path
 * @param lengthCodePoints its length, in code points
 * @param version          version of its last change
 */
public record FileEntry(String file, String path, long lengthCodePoints, long version) {
}
