package dev.heddle.engine.workspace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions of a workspace, bounded in number and in what they hold together: the one least recently used, by the
 * order of the log, is forgotten first.
 *
 * <p>Nothing forgotten is ever committed twice: a session that is not known may only name bases at or after
 * {@link #newSessionBaseMin()} as it is when it begins, the newest version at which any forgotten session was used, and
 * whatever a forgotten session had committed was written against an older base than that.
 */
final class SessionTable {

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final int sessionsMax;
    private final int answersMax;
    private final int entriesMax;
    private Session newest;
    private long newSessionBaseMin;
    private long entries;

    SessionTable(Limits limits) {
        this.sessionsMax = limits.sessionsMax();
        this.answersMax = limits.answersPerSessionMax();
        this.entriesMax = limits.sessionEntriesMax();
    }

    Session find(String id) {
        return newest != null && newest.id().equals(id) ? newest : sessions.get(id);
    }

    long newSessionBaseMin() {
        return newSessionBaseMin;
    }

    /** The session, made the most recently used one; made known where it was not. */
    Session use(String id) {
        if (newest != null && newest.id().equals(id)) {
            return newest;
        }
        Session session = sessions.remove(id);
        if (session == null) {
            session = new Session(id, answersMax, newSessionBaseMin);
        }
        sessions.put(id, session);
        newest = session;
        if (sessions.size() > sessionsMax) {
            forgetOldest();
        }
        return session;
    }

    /** Counts what the session just used holds now, and forgets others until all together are within the limit. */
    void settle(Session used, boolean chainChanged) {
        entries += used.recount(chainChanged);
        while (entries > entriesMax && sessions.size() > 1) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Session oldest = sessions.values().iterator().next();
        sessions.remove(oldest.id());
        entries -= oldest.entries();
        newSessionBaseMin = Math.max(newSessionBaseMin, oldest.lastUsedVersion());
    }

    void write(ByteWriter out, long oldestBase) {
        out.putLong(newSessionBaseMin).putInt(sessions.size());
        for (Session session : sessions.values()) {
            session.write(out, oldestBase);
        }
    }

    static SessionTable read(ByteReader in, Limits limits) {
        SessionTable table = new SessionTable(limits);
        table.newSessionBaseMin = in.getLong();
        int count = in.getCount();
        for (int index = 0; index < count; index++) {
            Session session = Session.read(in, limits.answersPerSessionMax());
            table.sessions.put(session.id(), session);
            table.newest = session;
            table.entries += session.entries();
        }
        return table;
    }
}
