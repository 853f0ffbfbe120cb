package dev.heddle.transformer.processor;

import dev.heddle.transformer.store.DecisionStore;
import dev.heddle.transformer.store.LooseDecisions;
import dev.heddle.transformer.store.Pack;
import java.util.List;
import java.util.Objects;

/**
 * Packs the decisions of versions behind the anchor (see {@link Checkpoints}), and forgets packs behind the kept
 * history. A store with a million versions is then restored from a few thousand entries.
 *
 * <p>A pack is written beside some decision; the decisions in it go once that one is committed, as the pack is with the
 * brokers then. Until a process has seen that itself it writes a pack again that it finds: its own disk may be ahead
 * of the changelog. Whether a decision is packed shows in nothing that is decided.
 */
final class Archive {

    /** Removals beside one decision: more than one, so that a backlog shrinks, few, so that nobody notices. */
    private static final int AT_ONCE = 4;
    private static final int PACKS_AT_ONCE = 16;
    private static final long PACK_BYTES = 1024 * 1024;

    private final long behind;
    private final int packVersions;
    private final DecisionStore store;
    private final Commits commits;

    Archive(SequencerSettings settings, DecisionStore store, Commits commits) {
        this.behind = settings.keptDecisions() + settings.checkpointDecisions();
        this.packVersions = settings.packVersions();
        this.store = Objects.requireNonNull(store, "store");
        this.commits = Objects.requireNonNull(commits, "commits");
    }

    /** Does a little of what there is to do, beside a decision that took a version. */
    void tidy(Workspace workspace) {
        if (!due(workspace)) {
            return;
        }
        List<LooseDecisions.Committed> next = store.committed(workspace.name(), workspace.tidiedOffset() + 1,
            workspace.anchor(), AT_ONCE);
        if (next.isEmpty()) {
            workspace.tidied(workspace.anchorVersion(), workspace.tidiedOffset());
        }
        for (LooseDecisions.Committed each : next) {
            boolean removable = each.version() <= workspace.anchorVersion()
                && (each.version() <= forgotten(workspace) || packed(workspace, each));
            if (!removable) {
                workspace.tidied(each.version() - 1, each.offset() - 1);
                return;
            }
            store.delete(workspace.name(), each);
            workspace.tidied(each.version(), each.offset());
        }
    }

    /** {@return whether it is worth a look into the store} */
    private boolean due(Workspace workspace) {
        long next = workspace.tidiedVersion() + 1;
        if (next > workspace.anchorVersion()) {
            return false;
        }
        if (next > forgotten(workspace) && next <= workspace.packedTo()) {
            return commits.committed(workspace.parts(), workspace.packedAt());
        }
        return next <= forgotten(workspace) || packEnd(next) <= workspace.anchorVersion();
    }

    private long packEnd(long version) {
        return ((version - 1) / packVersions + 1) * packVersions;
    }

    /** {@return version up to which decisions need not be kept} */
    private long forgotten(Workspace workspace) {
        return workspace.state().version() - behind;
    }

    /** {@return whether a decision is in a pack that the brokers have; writes that pack where it is time for it} */
    private boolean packed(Workspace workspace, LooseDecisions.Committed decision) {
        if (decision.version() <= workspace.packedTo()) {
            return commits.committed(workspace.parts(), workspace.packedAt());
        }
        Pack pack = store.pack(workspace.name(), decision.version());
        if (pack == null) {
            pack = collect(workspace, decision);
        }
        if (pack != null) {
            store.put(workspace.name(), pack);
            workspace.packed(pack.lastVersion());
        }
        return false;
    }

    private Pack collect(Workspace workspace, LooseDecisions.Committed first) {
        long last = packEnd(first.version());
        if (last > workspace.anchorVersion()) {
            return null;
        }
        Pack.Builder builder = new Pack.Builder(first.version());
        long version = first.version();
        for (LooseDecisions.Committed each : store.committed(workspace.name(), first.offset(), workspace.anchor(),
            (int) (last - first.version() + 1))) {
            if (each.version() != version || builder.bytes() >= PACK_BYTES) {
                break;
            }
            builder.add(each.offset(), each.decision());
            version++;
        }
        return builder.build();
    }

    /** Forgets packs behind the kept history, beside a checkpoint. */
    void forget(Workspace workspace) {
        long to = Math.min(forgotten(workspace), workspace.anchorVersion());
        for (int i = 0; i < PACKS_AT_ONCE; i++) {
            long last = store.firstPack(workspace.name(), to);
            if (last < 0) {
                return;
            }
            store.deletePack(workspace.name(), last);
        }
    }
}
