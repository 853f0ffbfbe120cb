package dev.heddle.snapshotter.read;

/**
 * Which file a read means; exactly one is set.
 *
 * @param file its id, or null
 * @param path its path as of the version asked for, or null
 */
public record FileSelector(String file, String path) {

    /**
     * {@return the file of an id}
     *
     * @param file the id
     */
    public static FileSelector ofFile(String file) {
        return new FileSelector(file, null);
    }

    /**
     * {@return the file of a path}
     *
     * @param path the path as of the version asked for
     */
    public static FileSelector ofPath(String path) {
        return new FileSelector(null, path);
    }

    @Override
    public String toString() {
        return ReadQuery.shown(path == null ? file : path);
    }
}
