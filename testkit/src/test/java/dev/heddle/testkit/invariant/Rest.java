package dev.heddle.testkit.invariant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How things stand once everything has come to rest.
 *
 * @param clients    what each client shows
 * @param rawLogs    the raw log of each workspace, from offset 0 on
 * @param kept       what is left of the canonical topic: values by version, of each workspace
 * @param reads      what the snapshotter answers, of each workspace
 * @param unanswered operations that a writer still waits for, described
 */
public record Rest(List<ClientView> clients, Map<String, List<RawRecord>> rawLogs,
                   Map<String, SortedMap<Long, byte[]>> kept, Map<String, Reads> reads, List<String> unanswered) {

    /**
     * What one client shows.
     *
     * @param client    its name
     * @param workspace its workspace
     * @param version   the newest version it has seen
     * @param texts     the texts it shows, by file id
     */
    public record ClientView(String client, String workspace, long version, Map<String, String> texts) {
    }

    /**
     * One record of a raw log.
     *
     * @param offset its offset
     * @param timeMs its log-append time, milliseconds since 1970 UTC
     * @param value  its value, or null
     * @param via    how it came into the log
     */
    public record RawRecord(long offset, long timeMs, byte[] value, String via) {
    }

    /** What a reader of one workspace is answered. */
    public interface Reads {

        /** {@return the newest version} */
        long version();

        /** {@return the oldest version that can be read} */
        long oldestVersion();

        /**
         * {@return texts by path as of a version}
         *
         * @param version one that can be read
         */
        Map<String, String> filesAt(long version);

        /** {@return why nothing can be read, where that is so} */
        Optional<String> fault();
    }
}
