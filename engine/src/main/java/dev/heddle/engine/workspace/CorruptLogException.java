package dev.heddle.engine.workspace;

/**
 * A canonical log contradicts itself: a gap, a wrong hash, a change that does not fit the text it is applied to.
 *
 * <p>It is never the fault of a client's input. Whoever reads the log must stop at that version and say so; nothing was
 * changed when it is thrown.
 */
public final class CorruptLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long version;

    /**
     * A contradiction at one version.
     *
     * @param version    the version at which the log contradicts itself
     * @param difference what was expected and what was found, never null
     */
    public CorruptLogException(long version, String difference) {
        super("canonical log is corrupt at version " + version + ": " + difference);
        this.version = version;
    }

    /** {@return the version at which the log contradicts itself} */
    public long version() {
        return version;
    }
}
