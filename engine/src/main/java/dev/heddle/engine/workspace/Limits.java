package dev.heddle.engine.workspace;

/**
 * What one workspace may hold and how far back its operations may stand. Every limit but {@code historyVersionsHot} is
 * part of the meaning of a log: all who decide on one log must use the same values. Immutable.
 *
 * @param fileCodePointsMax      longest text of one file, in code points
 * @param workspaceCodePointsMax all texts of a workspace together, in code points
 * @param filesMax               live files of a workspace
 * @param fileIdsMax             files ever created in a workspace, deleted ones included
 * @param operationCodePointsMax text one canonical operation puts in and takes out, together, in code points
 * @param changesMax             changes of one operation
 * @param authorCodePointsMax    longest name of a writer, in code points
 * @param historyVersionsMax     how many versions behind the head an operation's base may be
 * @param historyVersionsHot     how many versions are held in memory; beyond them the history reader is asked
 * @param sessionsMax            sessions remembered, the least recently used forgotten first
 * @param answersPerSessionMax   newest answers of a session remembered
 * @param sessionEntriesMax      answers and unseen edits that all sessions may hold together; above it the
 *                               least recently used session is forgotten
 * @param chainOperationsMax     operations of others that one chained operation ({@code after}) may be brought over
 */
public record Limits(int fileCodePointsMax, long workspaceCodePointsMax, int filesMax, int fileIdsMax,
                     int operationCodePointsMax, int changesMax, int authorCodePointsMax, int historyVersionsMax,
                     int historyVersionsHot, int sessionsMax, int answersPerSessionMax, int sessionEntriesMax,
                     int chainOperationsMax) {

    /** The defaults. */
    public static final Limits DEFAULT = new Limits(16_777_216, 268_435_456L, 10_000, 1_000_000, 1_048_576, 100_000,
        256, 100_000, 100_000, 4_096, 1_024, 1_048_576, 4_096);

    private static final int TEXT_CODE_POINTS_MAX = (1 << 28) - 1;

    /** Checks that every limit is at least 1 and that texts stay countable. */
    public Limits {
        require("fileCodePointsMax", fileCodePointsMax, TEXT_CODE_POINTS_MAX);
        require("workspaceCodePointsMax", workspaceCodePointsMax, Long.MAX_VALUE);
        require("filesMax", filesMax, Integer.MAX_VALUE);
        require("fileIdsMax", fileIdsMax, Integer.MAX_VALUE);
        require("operationCodePointsMax", operationCodePointsMax, TEXT_CODE_POINTS_MAX);
        require("changesMax", changesMax, Integer.MAX_VALUE);
        require("authorCodePointsMax", authorCodePointsMax, Integer.MAX_VALUE);
        require("historyVersionsMax", historyVersionsMax, Integer.MAX_VALUE);
        require("historyVersionsHot", historyVersionsHot, 1 << 24);
        require("sessionsMax", sessionsMax, 1 << 24);
        require("answersPerSessionMax", answersPerSessionMax, 1 << 20);
        require("sessionEntriesMax", sessionEntriesMax, Integer.MAX_VALUE);
        require("chainOperationsMax", chainOperationsMax, Integer.MAX_VALUE);
    }

    private static void require(String name, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + max + ")");
        }
    }

    /** {@return a builder that starts from the defaults} */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** {@return a builder that starts from these values} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes some limits and keeps the others. For one thread. */
    public static final class Builder {

        private int fileCodePointsMax;
        private long workspaceCodePointsMax;
        private int filesMax;
        private int fileIdsMax;
        private int operationCodePointsMax;
        private int changesMax;
        private int authorCodePointsMax;
        private int historyVersionsMax;
        private int historyVersionsHot;
        private int sessionsMax;
        private int answersPerSessionMax;
        private int sessionEntriesMax;
        private int chainOperationsMax;

        private Builder(Limits limits) {
            fileCodePointsMax = limits.fileCodePointsMax;
            workspaceCodePointsMax = limits.workspaceCodePointsMax;
            filesMax = limits.filesMax;
            fileIdsMax = limits.fileIdsMax;
            operationCodePointsMax = limits.operationCodePointsMax;
            changesMax = limits.changesMax;
            authorCodePointsMax = limits.authorCodePointsMax;
            historyVersionsMax = limits.historyVersionsMax;
            historyVersionsHot = limits.historyVersionsHot;
            sessionsMax = limits.sessionsMax;
            answersPerSessionMax = limits.answersPerSessionMax;
            sessionEntriesMax = limits.sessionEntriesMax;
            chainOperationsMax = limits.chainOperationsMax;
        }

        /**
         * Sets one limit.
         *
         * @param value longest text of one file, in code points
         * @return this
         */
        public Builder fileCodePointsMax(int value) {
            fileCodePointsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value all texts together, in code points
         * @return this
         */
        public Builder workspaceCodePointsMax(long value) {
            workspaceCodePointsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value live files
         * @return this
         */
        public Builder filesMax(int value) {
            filesMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value files ever created
         * @return this
         */
        public Builder fileIdsMax(int value) {
            fileIdsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value text one operation puts in and takes out, in code points
         * @return this
         */
        public Builder operationCodePointsMax(int value) {
            operationCodePointsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value changes of one operation
         * @return this
         */
        public Builder changesMax(int value) {
            changesMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value longest name of a writer, in code points
         * @return this
         */
        public Builder authorCodePointsMax(int value) {
            authorCodePointsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value how many versions behind the head a base may be
         * @return this
         */
        public Builder historyVersionsMax(int value) {
            historyVersionsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value how many versions are held in memory
         * @return this
         */
        public Builder historyVersionsHot(int value) {
            historyVersionsHot = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value sessions remembered
         * @return this
         */
        public Builder sessionsMax(int value) {
            sessionsMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value newest answers of a session remembered
         * @return this
         */
        public Builder answersPerSessionMax(int value) {
            answersPerSessionMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value answers and unseen edits that all sessions may hold together
         * @return this
         */
        public Builder sessionEntriesMax(int value) {
            sessionEntriesMax = value;
            return this;
        }

        /**
         * Sets one limit.
         *
         * @param value operations of others a chained operation may be brought over
         * @return this
         */
        public Builder chainOperationsMax(int value) {
            chainOperationsMax = value;
            return this;
        }

        /** {@return the limits} */
        public Limits build() {
            return new Limits(fileCodePointsMax, workspaceCodePointsMax, filesMax, fileIdsMax, operationCodePointsMax,
                changesMax, authorCodePointsMax, historyVersionsMax, historyVersionsHot, sessionsMax,
                answersPerSessionMax, sessionEntriesMax, chainOperationsMax);
        }
    }
}
