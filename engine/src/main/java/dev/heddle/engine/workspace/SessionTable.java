package dev.heddle.engine.workspace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sessions of a workspace, bounded: the one least recently used, by the order of the log, is forgotten first.
 *
 * <p>Nothing forgotten is ever committed twice: a session that is not known may only name bases at or after
 * {@link #newSessionBaseMin()} as it is when it begins, the newest version at which any forgotten session was used, and
 * whatever a forgotten session had committed was written against an older base than that.
 */
final class SessionTable {

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final int sessionsMax;
    private final int answersMax;
    private Session newest;
    private long newSessionBaseMin;

    SessionTable(Limits limits) {
        this.sessionsMax = limits.sessionsMax();
        this.answersMax = limits.answersPerSessionMax();
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
        while (sessions.size() > sessionsMax) {
            Session oldest = sessions.values().iterator().next();
            sessions.remove(oldest.id());
            newSessionBaseMin = Math.max(newSessionBaseMin, oldest.lastUsedVersion());
        }
        return session;
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
        }
        return table;
    }
}
