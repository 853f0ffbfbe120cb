package dev.heddle.snapshotter.history;

import dev.heddle.engine.workspace.Submission;
import java.util.function.Predicate;

/** Reads the raw log of a workspace. Any thread; blocks. */
@FunctionalInterface
public interface RawLog {

    /**
     * Walks over submissions in order; records that hold none are passed over, as the transformer does.
     *
     * @param workspace    the workspace's name
     * @param fromPosition where to begin, a position in the workspace's log
     * @param visitor      is given each submission and says whether to go on
     * @throws org.apache.kafka.common.KafkaException where the log cannot be read
     */
    void read(String workspace, long fromPosition, Predicate<Submission> visitor);
}
