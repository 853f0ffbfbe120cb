package dev.heddle.gateway.rest;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.room.Answer;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.Rooms;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Writes operations for calls: sends each to the log as any other writer would and waits for its canonical operation
 * or its rejection. Thread-safe.
 */
final class Writer {

    private final Rooms rooms;
    private final Supplier<String> ids;

    Writer(Rooms rooms, Supplier<String> ids) {
        this.rooms = rooms;
        this.ids = ids;
    }

    /** {@return the identity a client gave, or a fresh session's first number} */
    Call.Identity identity(Call call) {
        Call.Identity given = call.identity();
        return given != null ? given : new Call.Identity(ids.get(), 1);
    }

    /**
     * Writes one operation.
     *
     * @param call      brings the workspace, the author's name and its trace
     * @param identity  who writes
     * @param base      the version it was written against, or null for the newest known here
     * @param operation what is to be done
     * @return the committed operation; exceptionally with an {@link ApiException}
     */
    CompletionStage<LiveOperation> write(Call call, Call.Identity identity, Long base, Operation operation) {
        String author = call.author();
        CompletableFuture<LiveOperation> done = new CompletableFuture<>();
        rooms.with(call.workspace(), room -> room.whenOpen(() -> {
            long writtenAgainst = base != null ? base : room.version();
            room.submitAndAwait(new Submission(identity.session(), identity.seq(), writtenAgainst, null, author,
                operation, 0, 0), call.header("traceparent")).thenAccept(answer -> complete(done, answer));
        }, failure -> done.completeExceptionally(failure)));
        return done;
    }

    private static void complete(CompletableFuture<LiveOperation> done, Answer answer) {
        if (answer instanceof Answer.Committed committed) {
            done.complete(committed.operation());
        } else if (answer instanceof Answer.Refused refused) {
            done.completeExceptionally(ApiException.of(refused.rejection()));
        } else if (answer instanceof Answer.Unknown unknown) {
            done.completeExceptionally(new ApiException(RejectionCode.UNAVAILABLE, unknown.message()));
        }
    }
}
