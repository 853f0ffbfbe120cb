package dev.heddle.editing;

import java.util.Objects;

/**
 * One live file of a workspace's tree.
 *
 * @param file             its immutable id
 * @param path             its path
 * @param lengthCodePoints its length, in code points
 * @param version          workspace version of its last change, a rename included
 */
public record TreeEntry(String file, String path, long lengthCodePoints, long version) {

    /** Checks that the required parts are there. */
    public TreeEntry {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
    }
}
