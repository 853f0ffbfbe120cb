package dev.heddle.engine.workspace;

/** What is remembered of one writer's session: its next number, its newest answers, and what is still in flight. */
final class Session {

    private static final int CAPACITY_MIN = 16;
    /** Numbers kept for each answer: fingerprint, source offset, version. */
    private static final int STRIDE = 3;

    /** One remembered answer; {@code version} is 0 for a rejection. */
    record Answer(long fingerprint, long sourceOffset, long version) {
    }

    private final String id;
    private final int answersMax;
    private final long baseMin;
    private final Chain chain = new Chain();
    /** How many answers there is room for, a power of two. */
    private int capacity = CAPACITY_MIN;
    private long[] answers = new long[CAPACITY_MIN * STRIDE];
    private long firstSeq = 1;
    private long nextSeq = 1;
    private long lastUsedVersion;
    private int entries;
    private int chainEntries;

    Session(String id, int answersMax, long baseMin) {
        this.id = id;
        this.answersMax = answersMax;
        this.baseMin = baseMin;
    }

    String id() {
        return id;
    }

    long nextSeq() {
        return nextSeq;
    }

    /** Oldest base it may name: a session of that id may have been forgotten that committed on older ones. */
    long baseMin() {
        return baseMin;
    }

    /** The workspace's version when the session was last used. */
    long lastUsedVersion() {
        return lastUsedVersion;
    }

    Chain chain() {
        return chain;
    }

    /** How much it held when it was last used: answers, and what its chain keeps. */
    int entries() {
        return entries;
    }

    /**
     * Counts again what it holds, after it was used; gives how much more that is than before. A chain counts as it was
     * when an operation last went into it, as one restored may hold less of it.
     */
    int recount(boolean chainChanged) {
        int before = entries;
        chainEntries = chainChanged ? chain.entries() : chainEntries;
        entries = (int) (nextSeq - firstSeq) + chainEntries;
        return entries - before;
    }

    /** Remembers the answer to the session's next number. */
    void answer(long fingerprint, long sourceOffset, long version, long headVersion) {
        int held = (int) (nextSeq - firstSeq);
        if (held == answersMax) {
            firstSeq++;
        } else if (held == capacity) {
            grow();
        }
        int slot = slot(nextSeq);
        answers[slot] = fingerprint;
        answers[slot + 1] = sourceOffset;
        answers[slot + 2] = version;
        nextSeq++;
        lastUsedVersion = headVersion;
    }

    private int slot(long seq) {
        return (int) (seq & capacity - 1) * STRIDE;
    }

    private void grow() {
        long[] before = answers;
        int oldMask = capacity - 1;
        capacity *= 2;
        answers = new long[capacity * STRIDE];
        for (long seq = firstSeq; seq < nextSeq; seq++) {
            System.arraycopy(before, (int) (seq & oldMask) * STRIDE, answers, slot(seq), STRIDE);
        }
    }

    /** The remembered answer to a number that was used, or null where it was forgotten. */
    Answer answerTo(long seq) {
        if (seq < firstSeq || seq >= nextSeq) {
            return null;
        }
        int slot = slot(seq);
        return new Answer(answers[slot], answers[slot + 1], answers[slot + 2]);
    }

    void write(ByteWriter out, long oldestBase) {
        out.putString(id).putLong(baseMin).putLong(firstSeq).putLong(nextSeq).putLong(lastUsedVersion)
            .putInt(chainEntries);
        for (long seq = firstSeq; seq < nextSeq; seq++) {
            int slot = slot(seq);
            out.putLong(answers[slot]).putLong(answers[slot + 1]).putLong(answers[slot + 2]);
        }
        chain.write(out, oldestBase);
    }

    static Session read(ByteReader in, int answersMax) {
        Session session = new Session(in.getString(), answersMax, in.getLong());
        session.firstSeq = in.getLong();
        long nextSeq = in.getLong();
        long lastUsedVersion = in.getLong();
        session.chainEntries = in.getInt();
        session.nextSeq = session.firstSeq;
        while (session.nextSeq < nextSeq) {
            session.answer(in.getLong(), in.getLong(), in.getLong(), lastUsedVersion);
        }
        session.lastUsedVersion = lastUsedVersion;
        session.chain.read(in);
        session.recount(false);
        return session;
    }
}
