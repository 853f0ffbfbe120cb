package dev.heddle.snapshotter.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Milestones in a folder, a file each, so that a restart does not lose them. No more than so many bytes are kept; the
 * least recently used goes first. Losing any of them costs time only. Any thread; blocks on the disk.
 */
public final class MilestoneFiles {

    private static final Logger log = LoggerFactory.getLogger(MilestoneFiles.class);
    private static final String SUFFIX = ".milestone";
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)-(\\d{20})-(\\d{1,19})\\.milestone");

    /** Bytes written per version at most, so that large workspaces do not spend their time on the disk. */
    private static final long BYTES_PER_VERSION_MAX = 40;
    /** What a small workspace and the operations remembered with it take does not count. */
    private static final long FREE_BYTES = 64 * 1024;

    private record Place(String workspace, long version) {
    }

    private record Entry(long timeMs, long bytes) {
    }

    private final Path folder;
    private final MilestoneCodec codec;
    private final long bytesMax;
    private final Map<Place, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private MilestoneFiles(Path folder, MilestoneCodec codec, long bytesMax) {
        this.folder = folder;
        this.codec = Objects.requireNonNull(codec, "codec");
        this.bytesMax = bytesMax;
    }

    /**
     * {@return the milestones of a folder, made where it is missing}
     *
     * @param folder   the folder, nobody else's
     * @param codec    writes and reads them
     * @param bytesMax most bytes they may take together; 0 to keep none
     * @throws UncheckedIOException where the folder cannot be made or listed
     */
    public static MilestoneFiles open(Path folder, MilestoneCodec codec, long bytesMax) {
        MilestoneFiles files = new MilestoneFiles(folder, codec, bytesMax);
        try {
            Files.createDirectories(folder);
            List<Path> found = new ArrayList<>();
            try (Stream<Path> listed = Files.list(folder)) {
                listed.forEach(found::add);
            }
            found.sort(Comparator.comparingLong((Path path) -> path.toFile().lastModified())
                .thenComparing(Path::getFileName));
            for (Path path : found) {
                files.register(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder of milestones, " + folder, failed);
        }
        files.evict();
        return files;
    }

    private void register(Path path) throws IOException {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (name.matches()) {
            Entry entry = new Entry(Long.parseLong(name.group(3)), Files.size(path));
            entries.put(new Place(name.group(1), Long.parseLong(name.group(2))), entry);
            bytes += entry.bytes();
        } else if (path.getFileName().toString().startsWith(".")) {
            // Left half written by a process that was killed.
            Files.delete(path);
        }
    }

    /**
     * {@return the version from which on a milestone is worth its place: so far behind the last one before a version
     * that writing one costs little for each version between; {@link Long#MAX_VALUE} where none are kept}
     *
     * @param workspace the workspace's name
     * @param version   the version
     */
    synchronized long due(String workspace, long version) {
        if (bytesMax == 0) {
            return Long.MAX_VALUE;
        }
        long last = before(workspace, version, Long.MAX_VALUE);
        Entry entry = last < 0 ? null : entries.get(new Place(workspace, last));
        return entry == null ? 0 : last + apart(entry.bytes());
    }

    /** {@return how many versions a milestone of so many bytes stands before the next} */
    static long apart(long bytes) {
        return Math.max(1, (bytes - FREE_BYTES) / BYTES_PER_VERSION_MAX);
    }

    /**
     * Writes a milestone, unless one is there that is near enough. A disk that refuses is logged; nothing else depends
     * on it.
     */
    void put(String workspace, Milestone milestone) {
        if (milestone.version() < due(workspace, milestone.version())) {
            return;
        }
        Place place = new Place(workspace, milestone.version());
        try {
            byte[] content = codec.encode(milestone);
            if (content.length > bytesMax) {
                return;
            }
            Path part = Files.createTempFile(folder, ".", SUFFIX);
            Files.write(part, content);
            add(place, new Entry(milestone.timeMs(), content.length), part);
        } catch (ClosedByInterruptException stopping) {
            log.debug("workspace {}: stopped while the milestone of version {} was written", workspace,
                place.version());
        } catch (IOException | RuntimeException failed) {
            log.warn("workspace {}: the milestone of version {} could not be kept: {}", workspace, place.version(),
                failed.toString());
        }
    }

    private synchronized void add(Place place, Entry entry, Path part) throws IOException {
        Files.move(part, path(place, entry), StandardCopyOption.ATOMIC_MOVE);
        Entry before = entries.put(place, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        evict();
    }

    /** {@return the version of the last one at or before a version and a time, or -1} */
    synchronized long before(String workspace, long version, long timeMs) {
        long best = -1;
        for (Map.Entry<Place, Entry> entry : entries.entrySet()) {
            Place place = entry.getKey();
            if (place.workspace().equals(workspace) && place.version() <= version
                && entry.getValue().timeMs() <= timeMs) {
                best = Math.max(best, place.version());
            }
        }
        return best;
    }

    /** {@return the milestone of a version, or null where it is not there or not whole; then it is removed} */
    Milestone read(String workspace, long version) {
        Place place = new Place(workspace, version);
        Entry entry = used(place);
        if (entry == null) {
            return null;
        }
        Path path = path(place, entry);
        try {
            Milestone milestone = codec.decode(Files.readAllBytes(path));
            if (milestone.version() == version && milestone.checkpoint().workspace().equals(workspace)) {
                return milestone;
            }
            log.warn("{} holds {} (expected: workspace {}, version {})", path, milestone.checkpoint(), workspace,
                version);
        } catch (IOException | RuntimeException broken) {
            log.warn("{} cannot be read and is removed: {}", path, broken.toString());
        }
        drop(place, entry);
        return null;
    }

    private synchronized Entry used(Place place) {
        return entries.get(place);
    }

    private synchronized void drop(Place place, Entry entry) {
        if (entries.remove(place, entry)) {
            remove(place, entry);
        }
    }

    /** Removes all of a workspace. */
    synchronized void forget(String workspace) {
        for (Iterator<Map.Entry<Place, Entry>> all = entries.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Place, Entry> next = all.next();
            if (next.getKey().workspace().equals(workspace)) {
                remove(next.getKey(), next.getValue());
                all.remove();
            }
        }
    }

    /** {@return bytes of all files} */
    public synchronized long bytes() {
        return bytes;
    }

    private void evict() {
        Iterator<Map.Entry<Place, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > bytesMax && eldest.hasNext()) {
            Map.Entry<Place, Entry> next = eldest.next();
            remove(next.getKey(), next.getValue());
            eldest.remove();
        }
    }

    private void remove(Place place, Entry entry) {
        bytes -= entry.bytes();
        try {
            Files.deleteIfExists(path(place, entry));
        } catch (IOException failed) {
            log.warn("{} cannot be removed: {}", path(place, entry), failed.toString());
        }
    }

    private Path path(Place place, Entry entry) {
        return folder.resolve("%s-%020d-%d%s".formatted(place.workspace(), place.version(), entry.timeMs(), SUFFIX));
    }
}
