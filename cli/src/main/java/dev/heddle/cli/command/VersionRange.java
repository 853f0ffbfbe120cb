package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions from one to another, both included.
 *
 * @param from the first, from 1
 * @param to   the last
 */
record VersionRange(long from, long to) {

    /** All versions. */
    static final VersionRange ALL = new VersionRange(1, Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18})?)?");

    /**
     * {@return a range as written: {@code A..B}, {@code A..} or {@code A}}
     *
     * @param text what was written
     */
    static VersionRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            long from = Long.parseLong(matcher.group(1));
            long to = matcher.group(2) != null ? Long.parseLong(matcher.group(2))
                : text.contains("..") ? Long.MAX_VALUE : from;
            if (from >= 1 && from <= to) {
                return new VersionRange(from, to);
            }
        }
        throw CliException.usage("--versions " + text + " is not a range (expected: A..B, A.. or A, from 1)");
    }

    boolean contains(long version) {
        return from <= version && version <= to;
    }
}
