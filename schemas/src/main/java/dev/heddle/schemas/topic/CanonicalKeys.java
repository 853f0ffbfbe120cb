package dev.heddle.schemas.topic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of the canonical topic: {@code <workspace>/<version, 20 digits>}, so that their order as text is the order
 * of versions and every version survives compaction.
 */
public final class CanonicalKeys {

    /** Number of digits of the version. */
    public static final int VERSION_DIGITS = 20;

    private static final Pattern PATTERN =
        Pattern.compile("(" + WorkspaceNames.REGEX + ")/([0-9]{" + VERSION_DIGITS + "})");
    private static final String ZEROS = "0".repeat(VERSION_DIGITS);

    private CanonicalKeys() {
    }

    /**
     * {@return the key of one version of a workspace}
     *
     * @param workspace the workspace's name
     * @param version   the version, from 1
     */
    public static String format(String workspace, long version) {
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: at least 1)");
        }
        String digits = Long.toString(version);
        return workspace + '/' + ZEROS.substring(digits.length()) + digits;
    }

    /**
     * {@return the parts of a key}
     *
     * @param key a key as it stands in the topic
     * @throws IllegalArgumentException where it is not of that form
     */
    public static CanonicalKey parse(String key) {
        Matcher matcher = key == null ? null : PATTERN.matcher(key);
        if (matcher == null || !matcher.matches()) {
            throw malformed(key, null);
        }
        try {
            return new CanonicalKey(matcher.group(1), Long.parseLong(matcher.group(2)));
        } catch (IllegalArgumentException outOfRange) {
            throw malformed(key, outOfRange);
        }
    }

    private static IllegalArgumentException malformed(String key, Throwable cause) {
        return new IllegalArgumentException("canonical key: " + key
            + " (expected: <workspace>/<version, 20 digits, from 1>)", cause);
    }
}
