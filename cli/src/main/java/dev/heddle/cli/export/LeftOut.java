package dev.heddle.cli.export;

/**
 * A file that was not brought in.
 *
 * @param path   its path in the folder
 * @param reason why, in words that follow the path
 */
public record LeftOut(String path, String reason) {
}
