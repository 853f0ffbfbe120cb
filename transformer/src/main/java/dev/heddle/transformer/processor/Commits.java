package dev.heddle.transformer.processor;

import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.transformer.store.LogParts;

/**
 * How far the input of a raw log is known to be committed. A committed offset says that everything written for the
 * records below it has reached the brokers, so that these records are never read again.
 */
@FunctionalInterface
public interface Commits {

    /** Nothing has to be waited for: store, answers and offsets are written in one transaction. */
    Commits WITH_THE_STORE = topic -> Long.MAX_VALUE;

    /**
     * {@return the offset below which all is committed; 0 where nothing is known}
     *
     * @param topic the raw log
     */
    long below(String topic);

    /**
     * {@return whether the record at a position of a workspace's log is known to be committed}
     *
     * @param parts    the parts of the log
     * @param position the position
     */
    default boolean committed(LogParts parts, long position) {
        int part = LogPosition.part(position);
        return part <= parts.last() && LogPosition.offset(position) < below(parts.homes().get(part).topic());
    }
}
