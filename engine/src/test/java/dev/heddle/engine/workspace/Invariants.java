package dev.heddle.engine.workspace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after every event of a simulation; each names what it found. */
final class Invariants {

    private final Workbench bench;
    private final WorkspaceImage fold = WorkspaceImage.empty("demo");
    private final Set<String> committed = new HashSet<>();
    private final Map<String, Long> lastSeq = new HashMap<>();
    private final Map<Long, String> contents = new HashMap<>();
    private int checked;

    Invariants(Workbench bench) {
        this.bench = bench;
    }

    void check() {
        for (; checked < bench.log.size(); checked++) {
            CanonicalOperation operation = bench.log.get(checked);
            versionHasNoGap(operation);
            committedOnce(operation);
            sessionInOrder(operation);
            // Checks gap, hash and range by itself.
            fold.replay(operation);
            fold.file(Workbench.FILE).ifPresent(file -> contents.put(fold.version(), file.text().sha256Hex()));
        }
        replayEqualsLive();
    }

    /** The hash of the file's text as of a version. */
    String contentAt(long version) {
        check();
        return contents.get(version);
    }

    private void versionHasNoGap(CanonicalOperation operation) {
        require(operation.version() == checked + 1, "VersionHasNoGap", checked + 1, operation.version());
        require(HashChain.verify(operation), "HashIsRight", "a hash that verifies", operation.hash());
    }

    private void committedOnce(CanonicalOperation operation) {
        // A forgotten session may start anew, but never from a base that anything it committed was written against.
        String id = operation.session() + "/" + operation.seq() + " on " + operation.base();
        require(committed.add(id), "CommittedOnce", "a new id", id);
    }

    private void sessionInOrder(CanonicalOperation operation) {
        long before = lastSeq.getOrDefault(operation.session(), 0L);
        boolean anew = bench.limits.sessionsMax() < Limits.DEFAULT.sessionsMax();
        require(operation.seq() > before || anew, "SessionInOrder", "above " + before, operation.seq());
        lastSeq.put(operation.session(), operation.seq());
    }

    private void replayEqualsLive() {
        WorkspaceImage live = bench.state.image();
        require(fold.version() == live.version(), "ReplayEqualsLive", fold.version(), live.version());
        require(fold.hash().equals(live.hash()), "ReplayEqualsLive", fold.hash(), live.hash());
        require(List.copyOf(fold.allFiles()).equals(List.copyOf(live.allFiles())), "ReplayEqualsLive", fold.allFiles(),
            live.allFiles());
    }

    static void require(boolean holds, String name, Object expected, Object found) {
        if (!holds) {
            throw new AssertionError(name + ": " + expected + " -> " + found);
        }
    }
}
