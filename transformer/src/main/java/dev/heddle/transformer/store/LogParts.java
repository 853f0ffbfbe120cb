package dev.heddle.transformer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The parts of one workspace's raw log as far as they are known: each in a topic, from an offset on, and up to the
 * record that handed over to the next one. Immutable.
 *
 * @param homes  where each part is
 * @param fences where a part ends; as many as parts, or one fewer while the last part is written to
 */
public record LogParts(List<Home> homes, List<Fence> fences) {

    /** Of a workspace of which nothing was decided yet. */
    public static final LogParts NONE = new LogParts(List.of(), List.of());

    /**
     * Where a part ends.
     *
     * @param offset  offset of the record that handed over, the part's last one
     * @param version workspace version of that record
     * @param next    topic that the log continues in
     */
    public record Fence(long offset, long version, String next) {
        /** Checks that the topic is there. */
        public Fence {
            Objects.requireNonNull(next, "next");
        }
    }

    /** Copies the lists. */
    public LogParts {
        homes = List.copyOf(homes);
        fences = List.copyOf(fences);
    }

    /**
     * {@return the number of the part that a record belongs to, or behind whose end it lies; -1 where it is none's}
     *
     * @param topic  the record's topic
     * @param offset the record's offset
     */
    public int part(String topic, long offset) {
        for (int part = homes.size() - 1; part >= 0; part--) {
            if (homes.get(part).topic().equals(topic) && homes.get(part).fromOffset() <= offset) {
                return part;
            }
        }
        return -1;
    }

    /**
     * {@return where a part ends, or null while it is written to}
     *
     * @param part the part's number
     */
    public Fence fence(int part) {
        return part < fences.size() ? fences.get(part) : null;
    }

    /** {@return the number of the last part; -1 where there is none} */
    public int last() {
        return homes.size() - 1;
    }

    /**
     * {@return these parts with a further one, or with a part's home noted anew}
     *
     * @param part the part's number, at most one beyond the last
     * @param home where it is
     */
    public LogParts with(int part, Home home) {
        List<Home> all = new ArrayList<>(homes);
        if (part < all.size()) {
            all.set(part, home);
        } else {
            all.add(home);
        }
        return new LogParts(all, fences);
    }

    /**
     * {@return these parts, the last one ended}
     *
     * @param fence where it ends
     */
    public LogParts with(Fence fence) {
        List<Fence> all = new ArrayList<>(fences);
        all.add(fence);
        return new LogParts(homes, all);
    }
}
