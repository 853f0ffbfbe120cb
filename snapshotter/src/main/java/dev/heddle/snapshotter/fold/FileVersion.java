package dev.heddle.snapshotter.fold;

/**
 * A live file as of a version, without its text.
 *
 * @param file    the file's id
 * @param path    its path then
 * @param length  length of its text then, in code points
 * @param version workspace version of its last change up to then
 */
public record FileVersion(String file, String path, int length, long version) {
}
