package dev.heddle.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of data directories before a program that reports badly gets to see them. */
final class Directories {

    private Directories() {
    }

    /** Creates the directory where it is missing and proves that it can be listed and written. */
    static Path usable(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            try (var entries = Files.list(absolute)) {
                entries.findFirst();
            }
            // A probe file, because permission bits say nothing about read-only mounts and full disks.
            Files.delete(Files.createTempFile(absolute, ".probe", null));
            return absolute;
        } catch (IOException e) {
            throw new UnusableDirectoryException(absolute, "cannot be used: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
        String words = kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        return e.getMessage() == null ? words : words + " (" + e.getMessage() + ")";
    }
}
