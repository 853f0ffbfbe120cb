package dev.heddle.embedded;

/** A port that was asked for is held by another program. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    /**
     * A refusal that names the port.
     *
     * @param port  the port asked for
     * @param cause what the operating system said, or null
     */
    public PortInUseException(int port, Throwable cause) {
        super("port " + port + " on 127.0.0.1 is already in use", cause);
        this.port = port;
    }

    /** {@return the port that was asked for} */
    public int port() {
        return port;
    }
}
