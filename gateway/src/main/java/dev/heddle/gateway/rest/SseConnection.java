package dev.heddle.gateway.rest;

import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.ServerMessages;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.Member;
import dev.heddle.gateway.room.Outbox;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.ws.OutboundQueue;
import dev.heddle.gateway.ws.SocketSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * One follower of operations as server-sent events: {@code id} is the version, so a browser resumes by itself. A
 * follower that reads too slowly is closed and resumes the same way.
 */
final class SseConnection implements Outbox, OutboundQueue.Transport<Buffer> {

    private static final int WRITE_QUEUE_BYTES = 256 * 1024;
    private static final Buffer HEARTBEAT = Buffer.buffer(": still here\n\n");

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final String workspace;
    private final Rooms rooms;
    private final OutboundQueue<Buffer> queue;
    private final Runnable onEnd;
    private final Member member;
    private long timer;
    private Runnable unwatch = () -> { };
    private boolean ended;

    SseConnection(Vertx vertx, HttpServerResponse response, String workspace, long after, Rooms rooms,
                  SocketSettings settings, Runnable onEnd) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = response;
        this.workspace = workspace;
        this.rooms = rooms;
        this.onEnd = onEnd;
        this.queue = new OutboundQueue<>(task -> context.runOnContext(ignored -> task.run()), this,
            settings.queueMessagesMax(), settings.queueBytesMax());
        this.member = Member.listener(after, this, rooms.limits(), rooms.ports().time().nowNs());
        this.timer = vertx.setPeriodic(settings.pingMs(), tick -> {
            if (!ended && !response.writeQueueFull()) {
                response.write(HEARTBEAT);
            }
        });
    }

    /** Ends with the client's token; on the request's event loop, before the start. */
    void watch(Gatekeeper gatekeeper, Access access) {
        unwatch = gatekeeper.watch(access, refused -> close(rooms.ports().encoder().encode(
            ServerMessages.error(refused.entry().code(), refused.getMessage())), refused.entry().closeCode(),
            refused.entry().code()));
    }

    /** Begins to answer; on the request's event loop. */
    void start() {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store")
            .setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        response.drainHandler(drained -> queue.drained());
        response.exceptionHandler(failure -> ended());
        response.closeHandler(closed -> ended());
        response.write(Buffer.buffer(": following\n\n"));
        rooms.with(workspace, room -> room.join(member));
    }

    private void ended() {
        if (!ended) {
            ended = true;
            vertx.cancelTimer(timer);
            unwatch.run();
            queue.end();
            rooms.with(workspace, room -> room.leave(member));
            onEnd.run();
        }
    }

    @Override
    public void send(Frame frame) {
        offer(Buffer.buffer("event: message\ndata: ").appendBytes(frame.utf8()).appendString("\n\n"));
    }

    @Override
    public void send(LiveOperation operation) {
        offer(Buffer.buffer("id: " + operation.version() + "\nevent: op\ndata: ")
            .appendBytes(operation.frame().utf8()).appendString("\n\n"));
    }

    private void offer(Buffer event) {
        queue.offer(event, event.length());
    }

    @Override
    public boolean roomy() {
        return queue.roomy();
    }

    @Override
    public void whenRoomy(Runnable task) {
        queue.whenRoomy(task);
    }

    @Override
    public void close(Frame lastWord, int code, String reason) {
        context.runOnContext(ignored -> {
            if (!ended) {
                if (lastWord != null) {
                    response.write(Buffer.buffer("event: error\ndata: ").appendBytes(lastWord.utf8())
                        .appendString("\n\n"));
                }
                response.end();
                ended();
            }
        });
    }

    @Override
    public boolean full() {
        return ended || response.writeQueueFull();
    }

    @Override
    public void write(Buffer message) {
        response.write(message);
    }

    @Override
    public void overflowed() {
        if (!ended) {
            ended();
            response.reset();
        }
    }
}
