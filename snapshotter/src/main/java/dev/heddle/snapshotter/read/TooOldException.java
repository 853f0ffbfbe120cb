package dev.heddle.snapshotter.read;

import dev.heddle.engine.RejectionCode;

/** A read reaches back further than the canonical log is kept; the raw log may still tell. */
final class TooOldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long version;
    private final long atMs;

    /**
     * What was asked for.
     *
     * @param version the version, {@link Long#MAX_VALUE} for any
     * @param atMs    the time, milliseconds since 1970 UTC, {@link Long#MAX_VALUE} for any
     * @param message names what was asked for and what is kept
     */
    TooOldException(long version, long atMs, String message) {
        super(message, null, false, false);
        this.version = version;
        this.atMs = atMs;
    }

    long version() {
        return version;
    }

    long atMs() {
        return atMs;
    }

    ReadException problem() {
        return ReadException.of(RejectionCode.BASE_TOO_OLD, getMessage());
    }
}
