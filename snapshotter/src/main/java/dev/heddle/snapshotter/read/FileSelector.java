package dev.heddle.snapshotter.read;

/**
 * Which file a read means; exactly one is set.
 *
 * @param file its id, or null
 * @param path its path as of the version asked for, or null
 */
record FileSelector(String file, String path) {

    static FileSelector ofFile(String file) {
        return new FileSelector(file, null);
    }

    static FileSelector ofPath(String path) {
        return new FileSelector(null, path);
    }

    @Override
    public String toString() {
        return ReadQuery.shown(path == null ? file : path);
    }
}
