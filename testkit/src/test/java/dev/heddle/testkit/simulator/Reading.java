package dev.heddle.testkit.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.read.FileSelector;
import dev.heddle.snapshotter.read.ReadQuery;
import dev.heddle.snapshotter.store.Shard;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * How gateways read: a request travels, waits at an instance until that has folded far enough, is answered by the real
 * reads of the snapshotter, and travels back; or is lost. Now and then it reaches one that has lost the shard.
 */
final class Reading implements WorkspaceReader {

    private static final long WAIT_MS = 1_500;
    private static final long PAGE_BYTES_MAX = 1 << 20;

    private final World world;
    private final List<Group> snapshotters;

    Reading(World world, List<Group> snapshotters) {
        this.world = world;
        this.snapshotters = snapshotters;
    }

    @Override
    public CompletionStage<Head> head(String workspace, ReadBound bound) {
        return request(workspace, bound, shard -> {
            var head = reader(shard, workspace).head(query(workspace, null, bound));
            return new Head(head.version(), head.hash(), head.timeMs(), head.oldestVersion());
        });
    }

    @Override
    public CompletionStage<Tree> files(String workspace, AsOf asOf, ReadBound bound) {
        throw new UnsupportedOperationException("files: no room asks for it");
    }

    @Override
    public CompletionStage<FileText> file(String workspace, FileReference target, AsOf asOf, ReadBound bound) {
        FileSelector selector = target.file() != null ? FileSelector.ofFile(target.file())
            : FileSelector.ofPath(target.path());
        return request(workspace, bound, shard -> {
            var found = reader(shard, workspace).file(query(workspace, asOf.version(), bound), selector);
            FileState state = found.state();
            return new FileText(found.version(), state.file(), state.path(), state.version(),
                state.text().toString(), state.text().sha256Hex());
        });
    }

    @Override
    public CompletionStage<OperationPage> operations(String workspace, long after, int operationsMax,
                                                     ReadBound bound) {
        return request(workspace, bound, shard -> {
            var page = reader(shard, workspace).operations(query(workspace, null, bound), after, operationsMax,
                PAGE_BYTES_MAX);
            List<ObjectNode> messages = page.operations().stream().map(OperationJson::opMessage).toList();
            return new OperationPage(messages, page.next(), page.version());
        });
    }

    @Override
    public CompletionStage<ObjectNode> blame(String workspace, String path, AsOf asOf, ReadBound bound) {
        throw new UnsupportedOperationException("blame: no room asks for it");
    }

    @Override
    public CompletionStage<Difference> difference(String workspace, String path, Range range, ReadBound bound) {
        throw new UnsupportedOperationException("difference: no room asks for it");
    }

    static dev.heddle.snapshotter.read.WorkspaceReader reader(Shard shard, String workspace) {
        return new dev.heddle.snapshotter.read.WorkspaceReader(shard, workspace, null);
    }

    private static ReadQuery query(String workspace, Long version, ReadBound bound) {
        return new ReadQuery(workspace, bound.minVersion() == null ? 0 : bound.minVersion(), 0, WAIT_MS, version, null);
    }

    private <T> CompletionStage<T> request(String workspace, ReadBound bound, Function<Shard, T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!world.calm() && world.dice.chance(20)) {
            world.timeline.after(WAIT_MS, () -> fail(answer, "the request was lost"));
        } else {
            world.timeline.after(world.dice.delayMs(4, world.settings.slowMs()),
                () -> serve(workspace, bound, read, answer));
        }
        return answer;
    }

    private <T> void serve(String workspace, ReadBound bound, Function<Shard, T> read, CompletableFuture<T> answer) {
        Group group = snapshotters.get(world.shardOf(workspace));
        SimulatedProcess chosen = group.running().isEmpty() || !world.dice.chance(100) ? group.owner()
            : world.dice.one(group.running());
        Shard shard = chosen != null && chosen.awake() ? ((SnapshotterProcess) chosen).shard() : null;
        if (shard == null) {
            world.timeline.after(WAIT_MS / 10, () -> fail(answer, "nobody holds the shard"));
            return;
        }
        CompletableFuture<Void> offset = bound.minOffset() == null ? CompletableFuture.completedFuture(null)
            : shard.awaitOffset(bound.minOffset());
        CompletableFuture<Void> version = bound.minVersion() == null ? CompletableFuture.completedFuture(null)
            : shard.awaitVersion(workspace, bound.minVersion());
        world.timeline.after(WAIT_MS, () -> {
            if (!offset.isDone() || !version.isDone()) {
                shard.forget(null, offset);
                shard.forget(workspace, version);
                fail(answer, "not folded in time");
            }
        });
        offset.thenCombine(version, (first, second) -> null).whenComplete((done, failure) -> {
            if (failure != null) {
                fail(answer, "the shard went away");
            } else {
                world.timeline.after(world.dice.delayMs(3, 50), () -> read(shard, read, answer));
            }
        });
    }

    private void read(Shard shard, Function<Shard, ?> read, CompletableFuture<?> answer) {
        try {
            Object result = read.apply(shard);
            world.timeline.after(world.dice.delayMs(3, world.settings.slowMs()), () -> complete(answer, result));
        } catch (dev.heddle.snapshotter.read.ReadException refused) {
            RejectionCode code = RejectionCode.valueOf(refused.entry().code());
            world.timeline.execute(() -> answer.completeExceptionally(new ReadException(code, refused.getMessage())));
        } catch (dev.heddle.snapshotter.store.StoreClosedException
                 | dev.heddle.snapshotter.store.FaultException unavailable) {
            fail(answer, unavailable.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void complete(CompletableFuture<T> answer, Object result) {
        answer.complete((T) result);
    }

    private static void fail(CompletableFuture<?> answer, String why) {
        answer.completeExceptionally(new ReadException(RejectionCode.UNAVAILABLE, why));
    }
}
