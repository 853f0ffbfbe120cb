package dev.heddle.gateway.access;

import java.util.List;

/**
 * A set of workspaces by name; {@code *} stands for any run of characters. Immutable; any thread.
 *
 * @param globs the patterns; a workspace that matches one is in the set
 */
public record WorkspaceGlobs(List<String> globs) {

    /** Every workspace there is or will be. */
    public static final WorkspaceGlobs ALL = new WorkspaceGlobs(List.of("*"));
    /** No workspace. */
    public static final WorkspaceGlobs NONE = new WorkspaceGlobs(List.of());

    /** Copies the patterns. */
    public WorkspaceGlobs {
        globs = List.copyOf(globs);
    }

    /**
     * {@return whether a workspace is in the set}
     *
     * @param workspace its name
     */
    public boolean contains(String workspace) {
        return globs.stream().anyMatch(glob -> matches(glob, workspace));
    }

    /** Goes back to the last star only: of all stars before it, the shortest match is as good as any. */
    private static boolean matches(String glob, String name) {
        int at = 0;
        int globAt = 0;
        int star = -1;
        int starredAt = 0;
        while (at < name.length()) {
            if (globAt < glob.length() && glob.charAt(globAt) == '*') {
                star = globAt++;
                starredAt = at;
            } else if (globAt < glob.length() && glob.charAt(globAt) == name.charAt(at)) {
                globAt++;
                at++;
            } else if (star >= 0) {
                globAt = star + 1;
                at = ++starredAt;
            } else {
                return false;
            }
        }
        while (globAt < glob.length() && glob.charAt(globAt) == '*') {
            globAt++;
        }
        return globAt == glob.length();
    }
}
