package dev.heddle.schemas.topic;

import dev.heddle.Place;
import dev.heddle.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One part of a workspace's raw log.
 *
 * @param number     which part, from 0
 * @param topic      its topic
 * @param fromOffset offset of its first record
 * @param toOffset   offset of its last record, or {@link Long#MAX_VALUE} for the part that operations go to now
 */
public record LogPart(int number, String topic, long fromOffset, long toOffset) {

    /** Checks the numbers' ranges. */
    public LogPart {
        Objects.requireNonNull(topic, "topic");
        LogPosition.of(number, fromOffset);
    }

    /**
     * {@return the parts of a workspace's raw log in order, as the installation's list has them}
     *
     * @param workspace its newest record in {@code heddle.workspaces}
     */
    public static List<LogPart> of(Workspace workspace) {
        List<LogPart> parts = new ArrayList<>();
        for (Place place : workspace.getPlaces()) {
            parts.add(new LogPart(parts.size(), place.getTopic(), place.getFromOffset(),
                place.getToOffset() == null ? Long.MAX_VALUE : place.getToOffset()));
        }
        return parts.isEmpty() ? List.of(new LogPart(0, workspace.getOpsTopic(), 0, Long.MAX_VALUE))
            : List.copyOf(parts);
    }

    /** {@return whether only the records with the workspace's name as key belong to it} */
    public boolean shared() {
        return PlaceKind.of(topic) == PlaceKind.SHARED;
    }

    /** {@return whether operations go here now} */
    public boolean open() {
        return toOffset == Long.MAX_VALUE;
    }

    /**
     * {@return the position of a record of this part}
     *
     * @param offset the record's offset
     */
    public long position(long offset) {
        return LogPosition.of(number, offset);
    }

    /**
     * {@return the first offset of this part at or after a position; beyond its last where all of it lies before}
     *
     * @param position a position in the workspace's log
     */
    public long offsetFrom(long position) {
        int part = LogPosition.part(position);
        if (part < number) {
            return fromOffset;
        }
        return part > number ? Long.MAX_VALUE : Math.max(fromOffset, LogPosition.offset(position));
    }
}
