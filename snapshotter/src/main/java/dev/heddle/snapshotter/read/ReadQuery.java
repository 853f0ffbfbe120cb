package dev.heddle.snapshotter.read;

import dev.heddle.schemas.topic.WorkspaceNames;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * What a read asks for, checked.
 *
 * @param workspace  the workspace's name
 * @param minVersion answer only once this version was folded, 0 for at once
 * @param minOffset  answer only once canonical offsets below this one were folded, 0 for at once
 * @param waitMs     longest wait, milliseconds
 * @param version    the version asked for, or null for the newest
 * @param atMs       the time asked for, milliseconds since 1970 UTC, or null; never with a version
 */
public record ReadQuery(String workspace, long minVersion, long minOffset, long waitMs, Long version, Long atMs) {

    /** Checks that the workspace is named. */
    public ReadQuery {
        Objects.requireNonNull(workspace, "workspace");
    }

    /** The same read of another version. */
    ReadQuery at(long otherVersion) {
        return new ReadQuery(workspace, minVersion, minOffset, waitMs, otherVersion, null);
    }

    static ReadQuery parse(String workspace, MultiMap parameters, ReadLimits limits) {
        if (!WorkspaceNames.valid(workspace)) {
            throw ReadException.badRequest("workspace: " + shown(workspace) + " (expected: " + WorkspaceNames.REGEX
                + ")");
        }
        Long version = number(parameters, "version", 0, Long.MAX_VALUE, null);
        Long atMs = time(parameters);
        if (version != null && atMs != null) {
            throw ReadException.badRequest("version and at are both given (expected: one of them)");
        }
        return new ReadQuery(workspace, number(parameters, "minVersion", 0, Long.MAX_VALUE, 0L),
            number(parameters, "minOffset", 0, Long.MAX_VALUE, 0L),
            number(parameters, "waitMs", 0, limits.waitMsMax(), limits.waitMsDefault()), version, atMs);
    }

    static Long number(MultiMap parameters, String name, long min, long max, Long otherwise) {
        String value = parameters.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Answered below, as a number out of range is.
        }
        throw ReadException.badRequest(name + ": " + shown(value) + " (expected: a whole number from " + min
            + (max == Long.MAX_VALUE ? "" : " to " + max) + ")");
    }

    private static Long time(MultiMap parameters) {
        String value = parameters.get("at");
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(value).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException malformed) {
            throw ReadException.badRequest("at: " + shown(value)
                + " (expected: a time in UTC such as 2026-11-20T12:00:00Z)");
        }
    }

    static String shown(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "… of length " + value.length();
    }
}
