package dev.heddle.gateway.room;

import dev.heddle.gateway.protocol.PresenceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is where in one workspace: the latest state of each session, and which ones changed since the last tick. One
 * thread at a time, the room's.
 */
final class PresenceBoard {

    /**
     * One session's latest state.
     *
     * @param state    the state
     * @param local    whether the session is connected to this gateway
     * @param seenAtMs when it last said something, milliseconds since 1970 UTC
     */
    private record Entry(PresenceState state, boolean local, long seenAtMs) {
    }

    /** One change to pass on.
     *
     * @param state the newest state of the session
     * @param local whether other gateways must be told too
     */
    record Change(PresenceState state, boolean local) {
    }

    private final Map<String, Entry> sessions = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<Change> departures = new ArrayList<>();
    private final int sessionsMax;

    PresenceBoard(int sessionsMax) {
        this.sessionsMax = sessionsMax;
    }

    /**
     * Takes a session's newest state.
     *
     * @return whether there is something to pass on at the next tick
     */
    boolean put(PresenceState state, boolean local, long nowMs) {
        if (state.left()) {
            return remove(state.session(), local);
        }
        Entry before = sessions.get(state.session());
        if (before == null && sessions.size() >= sessionsMax || before != null && before.local() && !local) {
            return false;
        }
        sessions.put(state.session(), new Entry(state, local, nowMs));
        if (before != null && before.state().equals(state)) {
            return false;
        }
        changed.add(state.session());
        return true;
    }

    /** Takes a session out; others are told even where it never said where it was. */
    boolean remove(String session, boolean local) {
        Entry before = sessions.get(session);
        if (before == null && !local || before != null && before.local() && !local) {
            return false;
        }
        sessions.remove(session);
        changed.remove(session);
        departures.add(new Change(PresenceState.left(session), local));
        return true;
    }

    /** Takes out sessions of other gateways that gave no sign of life for too long. */
    boolean expire(long nowMs, long ttlMs) {
        List<String> silent = new ArrayList<>();
        sessions.forEach((session, entry) -> {
            if (!entry.local() && nowMs - entry.seenAtMs() > ttlMs) {
                silent.add(session);
            }
        });
        silent.forEach(session -> remove(session, false));
        return !silent.isEmpty();
    }

    /** Hands out what changed since the last call, departures first. */
    List<Change> drain() {
        List<Change> changes = new ArrayList<>(departures);
        departures.clear();
        for (String session : changed) {
            Entry entry = sessions.get(session);
            changes.add(new Change(entry.state(), entry.local()));
        }
        changed.clear();
        return changes;
    }


    Collection<PresenceState> states() {
        return sessions.values().stream().map(Entry::state).toList();
    }

    Collection<PresenceState> localStates() {
        return sessions.values().stream().filter(Entry::local).map(Entry::state).toList();
    }

}
