package dev.heddle.engine.workspace;

/**
 * Reads canonical operations that a state no longer holds in memory. It must answer the same for a version every time,
 * and is asked only for versions above the state's oldest base. Called by the thread that uses the state.
 */
@FunctionalInterface
public interface HistoryReader {

    /**
     * {@return the canonical operation of a version, never null}
     *
     * @param version the version
     * @throws CorruptLogException if the log does not hold it
     */
    CanonicalOperation read(long version);
}
