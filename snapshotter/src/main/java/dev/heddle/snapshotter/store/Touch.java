package dev.heddle.snapshotter.store;

/**
 * What a kept operation says of files, without what it does to them.
 *
 * @param version its version
 * @param file    the id of the file it touches, or null
 * @param deletes whether it deletes that file
 */
public record Touch(long version, String file, boolean deletes) {
}
