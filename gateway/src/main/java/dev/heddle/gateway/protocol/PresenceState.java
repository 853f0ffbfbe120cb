package dev.heddle.gateway.protocol;

import java.util.Objects;

/**
 * Where one session is at the moment, as shown to the others.
 *
 * @param session the session
 * @param name    the writer's name, or null
 * @param color   the colour as {@code #rrggbb}
 * @param file    the file's id, or null for none
 * @param anchor  where the selection began, in code points, or null
 * @param head    where the caret is, in code points, or null
 * @param version the version that both positions are in, or null
 * @param state   what the writer is doing, or null
 * @param left    whether the session is gone
 */
public record PresenceState(String session, String name, String color, String file, Integer anchor, Integer head,
                            Long version, String state, boolean left) {

    /** Checks that the session is named. */
    public PresenceState {
        Objects.requireNonNull(session, "session");
    }

    /**
     * {@return the state of a session that is gone}
     *
     * @param session the session
     */
    public static PresenceState left(String session) {
        return new PresenceState(session, null, null, null, null, null, null, null, true);
    }
}
