package dev.heddle.engine.workspace;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which file had a path as of an earlier version: the creates, renames and deletes that are newer than the oldest base.
 * What is older is dropped by version alone, so every copy of a state remembers the same.
 */
final class PathHistory {

    /** A file came to be ({@code from} null), moved, or ended ({@code to} null). */
    record Event(long version, String file, String from, String to) {

        void write(ByteWriter out) {
            out.putLong(version).putString(file).putOptionalString(from).putOptionalString(to);
        }

        static Event read(ByteReader in) {
            return new Event(in.getLong(), in.getString(), in.getOptionalString(), in.getOptionalString());
        }
    }

    private static final class Timeline {
        /** Who had the path before the first event, or null. */
        private String before;
        private final ArrayDeque<Event> events = new ArrayDeque<>();
    }

    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Map<String, Long> created = new HashMap<>();
    private long newestCreate;

    void add(Event event) {
        if (event.to() != null && event.to().equals(event.from())) {
            return;
        }
        events.addLast(event);
        if (event.from() == null) {
            created.put(event.file(), event.version());
            newestCreate = event.version();
        } else {
            timeline(event.from(), event.file()).events.addLast(event);
        }
        if (event.to() != null) {
            timeline(event.to(), null).events.addLast(event);
        }
    }

    private Timeline timeline(String path, String before) {
        Timeline timeline = timelines.get(path);
        if (timeline == null) {
            timeline = new Timeline();
            timeline.before = before;
            timelines.put(path, timeline);
        }
        return timeline;
    }

    /** Drops what no base can stand before any more. */
    void trim(long oldestBase) {
        while (!events.isEmpty() && events.peekFirst().version() <= oldestBase) {
            Event event = events.removeFirst();
            if (event.from() == null) {
                created.remove(event.file());
            } else {
                drop(event, event.from());
            }
            if (event.to() != null) {
                drop(event, event.to());
            }
        }
    }

    private void drop(Event event, String path) {
        Timeline timeline = timelines.get(path);
        timeline.events.removeFirst();
        timeline.before = holderAfter(event, path);
        if (timeline.events.isEmpty()) {
            timelines.remove(path);
        }
    }

    private static String holderAfter(Event event, String path) {
        return path.equals(event.to()) ? event.file() : null;
    }

    /** The file that had a path as of a base, or null; {@code now} is the one that has it at the head, or null. */
    String fileAt(String path, long base, String now) {
        Timeline timeline = timelines.get(path);
        if (timeline == null) {
            return now;
        }
        String file = timeline.before;
        for (Event event : timeline.events) {
            if (event.version() > base) {
                break;
            }
            file = holderAfter(event, path);
        }
        return file;
    }

    /** Whether a file came to be after a base. */
    boolean createdAfter(String file, long base) {
        if (newestCreate <= base) {
            return false;
        }
        Long version = created.get(file);
        return version != null && version > base;
    }

    void write(ByteWriter out) {
        out.putInt(events.size());
        for (Event event : events) {
            event.write(out);
        }
    }

    static PathHistory read(ByteReader in) {
        PathHistory history = new PathHistory();
        int count = in.getCount();
        for (int index = 0; index < count; index++) {
            history.add(Event.read(in));
        }
        return history;
    }
}
