package dev.heddle.testkit.simulator;

import dev.heddle.snapshotter.fold.FileVersion;
import dev.heddle.snapshotter.read.FileSelector;
import dev.heddle.snapshotter.read.ReadQuery;
import dev.heddle.snapshotter.read.WorkspaceReader;
import dev.heddle.snapshotter.store.FaultException;
import dev.heddle.snapshotter.store.Shard;
import dev.heddle.testkit.invariant.Rest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the real snapshotter answers of one workspace. */
final class ReadsOfShard implements Rest.Reads {

    private final Shard shard;
    private final String workspace;

    ReadsOfShard(Shard shard, String workspace) {
        this.shard = shard;
        this.workspace = workspace;
    }

    private WorkspaceReader reader() {
        return Reading.reader(shard, workspace);
    }

    private ReadQuery query(Long version) {
        return new ReadQuery(workspace, 0, 0, 0, version, null);
    }

    @Override
    public long version() {
        return reader().head(query(null)).version();
    }

    @Override
    public long oldestVersion() {
        return shard.workspace(workspace).oldest();
    }

    @Override
    public Map<String, String> filesAt(long version) {
        Map<String, String> texts = new TreeMap<>();
        for (FileVersion file : reader().tree(query(version)).files()) {
            texts.put(file.path(), text(version, FileSelector.ofPath(file.path())));
        }
        return texts;
    }

    private String text(long version, FileSelector selector) {
        return reader().file(query(version), selector).state().text().toString();
    }

    @Override
    public Optional<String> fault() {
        try {
            version();
            return Optional.empty();
        } catch (FaultException fault) {
            return Optional.of(fault.getMessage());
        }
    }
}
