package dev.heddle.cli.client;

import java.util.Objects;

/**
 * A file's text as of a version.
 *
 * @param file    its immutable id
 * @param path    its path
 * @param version the workspace version it is as of
 * @param text    the whole text
 */
public record FileContent(String file, String path, long version, String text) {

    /** Checks that the required parts are there. */
    public FileContent {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }
}
