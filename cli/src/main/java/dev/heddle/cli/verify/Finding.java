package dev.heddle.cli.verify;

import java.util.Objects;

/**
 * One difference between what a log says and what the raw log proves.
 *
 * @param log      which log differs
 * @param kind     what kind of difference
 * @param version  the version it is about; 0 where it is about none
 * @param position where in the log: an offset, or a line of a file; -1 where nothing is there
 * @param detail   names the thing, what it says and what it should say
 */
public record Finding(Log log, Kind kind, long version, long position, String detail) {

    /** The logs a difference can be in. */
    public enum Log {
        /** The operations as submitted. */
        RAW,
        /** The accepted operations. */
        CANONICAL,
        /** The snapshots of files. */
        SNAPSHOTS,
        /** The head hash that somebody kept. */
        HEAD
    }

    /** The kinds of difference. */
    public enum Kind {
        /** A record is there and something in it differs, if only a byte. */
        ALTERED,
        /** A record is not there. */
        DROPPED,
        /** A record is there that nothing stands behind. */
        INSERTED,
        /** A record stands in another's place. */
        SWAPPED,
        /** Bytes that are no record. */
        UNREADABLE
    }

    /** Checks that the required parts are there. */
    public Finding {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }
}
