package dev.heddle.gateway.rest;

import dev.heddle.editing.UndoSelection;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.UndoPlan;
import dev.heddle.engine.workspace.UndoPlan.Leftover;
import dev.heddle.engine.workspace.UndoPlanner;
import dev.heddle.engine.workspace.UndoStep;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.json.UndoJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes back what an author or a session did, or a range of versions, by new operations that leave everybody else's
 * later work in place; what cannot be taken back cleanly is said in the answer.
 */
final class UndoCalls {

    private static final int OK = 200;

    private final Rooms rooms;
    private final WorkspaceReader reader;
    private final Writer writer;

    UndoCalls(Rooms rooms, Writer writer) {
        this.rooms = rooms;
        this.reader = rooms.ports().reader();
        this.writer = writer;
    }

    CompletionStage<Reply> takeBack(Call call, UndoRequest request) {
        ReadBound bound = rooms.readYourWrites(call.workspace());
        return reader.head(call.workspace(), bound).thenCompose(head -> CompletableFuture.supplyAsync(() ->
            plan(call.workspace(), request.selection(), head), rooms.ports().workers())).thenCompose(plan -> {
                List<Leftover> leftovers = new ArrayList<>(plan.leftovers());
                CompletionStage<Long> done = request.dryRun() ? CompletableFuture.completedFuture(plan.head())
                    : perform(call, plan, leftovers);
                return done.thenApply(version -> Reply.json(OK,
                    UndoJson.report(plan, leftovers, version, request.dryRun())));
            });
    }

    /** Reads page by page and blocks meanwhile: for worker threads. */
    private UndoPlan plan(String workspace, UndoSelection selection, WorkspaceReader.Head head) {
        UndoPlanner planner = new UndoPlanner(new Files(workspace));
        long after = selection.from() == null ? head.oldestVersion() : selection.from() - 1;
        OperationPages.visit(reader, workspace, after, head.version(), message -> {
            planner.accept(new UndoPlanner.Committed(message.path("version").longValue(),
                message.path("file").textValue(), message.path("author").asText(),
                OperationJson.operation(message.path("op"))), selection.selects(
                    message.path("version").longValue(), message.path("author").asText(),
                    message.path("session").asText()));
            return true;
        });
        UndoPlan plan = planner.plan();
        if (selection.from() == null && head.oldestVersion() > 0) {
            List<Leftover> leftovers = new ArrayList<>(plan.leftovers());
            leftovers.add(new Leftover(head.oldestVersion(), "", "operations up to this version are no longer kept and "
                + "were not looked at"));
            return new UndoPlan(head.version(), plan.selected(), plan.steps(), leftovers);
        }
        return new UndoPlan(head.version(), plan.selected(), plan.steps(), plan.leftovers());
    }

    private CompletionStage<Long> perform(Call call, UndoPlan plan, List<Leftover> leftovers) {
        Call.Identity first = writer.identity(call);
        CompletionStage<Long> version = CompletableFuture.completedFuture(plan.head());
        for (int index = 0; index < plan.steps().size(); index++) {
            UndoStep step = plan.steps().get(index);
            Call.Identity identity = new Call.Identity(first.session(), first.seq() + index);
            version = version.thenCompose(before -> writer.write(call, identity,
                plan.head(), step.operation()).handle((committed, failure) -> {
                    if (failure == null) {
                        return Math.max(before, committed.version());
                    }
                    ApiException refused = ApiException.of(failure);
                    if (refused == null || refused.rejectionCode() == null) {
                        throw refused == null ? new IllegalStateException(failure) : refused;
                    }
                    leftovers.add(new Leftover(plan.head(), step.path(), refused.getMessage()));
                    return before;
                }));
        }
        return version;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** Files as of earlier versions; blocks. */
    private final class Files implements UndoPlanner.FilesAt {

        private final String workspace;

        Files(String workspace) {
            this.workspace = workspace;
        }

        @Override
        public String path(String file, long version) {
            return read(file, version).path();
        }

        @Override
        public Text text(String file, long version) {
            return Text.of(read(file, version).text());
        }

        private FileText read(String file, long version) {
            return await(reader.file(workspace, FileReference.ofFile(file), AsOf.version(version), ReadBound.NONE));
        }
    }
}
