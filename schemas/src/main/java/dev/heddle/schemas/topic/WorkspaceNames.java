package dev.heddle.schemas.topic;

import java.util.regex.Pattern;

/** The rule for workspace names: short enough for topic names, safe in URLs, and without case. */
public final class WorkspaceNames {

    /** The rule as a regular expression, as documented to clients. */
    public static final String REGEX = "[a-z0-9][a-z0-9-]{0,62}";

    private static final Pattern PATTERN = Pattern.compile(REGEX);
    private static final int SHOWN_CHARS = 80;

    private WorkspaceNames() {
    }

    /**
     * {@return whether a name is allowed}
     *
     * @param name any text, or null
     */
    public static boolean valid(String name) {
        return name != null && PATTERN.matcher(name).matches();
    }

    /**
     * {@return the same name, once checked}
     *
     * @param name any text, or null
     * @throws IllegalArgumentException where the name is not allowed, with the rule
     */
    public static String check(String name) {
        if (!valid(name)) {
            throw new IllegalArgumentException("workspace: " + shown(name) + " (expected: " + REGEX + ")");
        }
        return name;
    }

    private static String shown(String name) {
        if (name == null || name.length() <= SHOWN_CHARS) {
            return String.valueOf(name);
        }
        return name.substring(0, SHOWN_CHARS) + "… of length " + name.length();
    }
}
