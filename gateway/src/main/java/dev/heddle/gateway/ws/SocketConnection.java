package dev.heddle.gateway.ws;

import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.access.AccessException;
import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.protocol.ClientMessageDecoder;
import dev.heddle.gateway.protocol.CloseCode;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.ProtocolException;
import dev.heddle.gateway.protocol.ServerMessages;
import dev.heddle.gateway.room.LiveOperation;
import dev.heddle.gateway.room.Member;
import dev.heddle.gateway.room.Outbox;
import dev.heddle.gateway.room.Room;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.session.SessionMachine;
import dev.heddle.schemas.error.EdgeError;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's WebSocket from upgrade to close: reads its messages, hands them to the room, writes what the room sends.
 *
 * <p>Everything here runs on the socket's own event loop, except {@link Outbox}, which rooms call from theirs.
 */
final class SocketConnection implements Outbox, OutboundQueue.Transport<Frame>, ReadingPace.Source {

    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);
    private static final int WRITE_QUEUE_BYTES = 256 * 1024;
    private static final int CLOSE_REASON_MAX = 120;
    /** Flushes put off until everything that waits to be written has been. */
    private static final int WRITES_PER_FLUSH = 64;

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final String workspace;
    private final Rooms rooms;
    private final SocketSettings settings;
    private final ClientMessageDecoder decoder;
    private final SessionMachine machine = new SessionMachine();
    private final OutboundQueue<Frame> queue;
    private final ReadingPace pace;
    private final SocketEndpoint endpoint;
    private Access access;
    private Runnable unwatch = () -> { };
    private long lastFrameNs;
    private long timer = -1;
    private volatile Member member;
    private boolean closing;
    private boolean ended;

    SocketConnection(Vertx vertx, Context context, ServerWebSocket socket, String workspace, SocketEndpoint endpoint,
                     Access access) {
        this.vertx = vertx;
        this.context = context;
        this.socket = socket;
        this.workspace = workspace;
        this.endpoint = endpoint;
        this.access = access;
        this.rooms = endpoint.rooms();
        this.settings = endpoint.settings();
        this.decoder = new ClientMessageDecoder(settings.messageBytesMax());
        this.pace = new ReadingPace(this::onSocketLoop, this, settings.underWayMax());
        this.queue = new OutboundQueue<>(this::onSocketLoop, this, settings.queueMessagesMax(),
            settings.queueBytesMax());
    }

    /** Takes the socket over; on its event loop. */
    void start() {
        lastFrameNs = nowNs();
        if (socket instanceof WebSocketInternal internal) {
            internal.channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(WRITES_PER_FLUSH, true));
        }
        socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        socket.drainHandler(drained -> queue.drained());
        socket.frameHandler(frame -> lastFrameNs = nowNs());
        socket.pongHandler(pong -> lastFrameNs = nowNs());
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(binary -> fail(EdgeError.BINARY_FRAME,
            "binary message of " + binary.length() + " bytes (expected: text messages)"));
        socket.exceptionHandler(this::onException);
        socket.closeHandler(closed -> onClosed());
        timer = vertx.setPeriodic(settings.pingMs(), tick -> onTick());
        vertx.setTimer(settings.helloMs(), late -> {
            if (machine.phase() == SessionMachine.Phase.AWAITING_HELLO) {
                close(errorFrame(EdgeError.HELLO_TIMEOUT.name(), "no hello within " + settings.helloMs() + " ms"),
                    CloseCode.HELLO_TIMEOUT, "no hello in time");
            }
        });
    }

    /** Reads nothing more; what the client still sends it sends again elsewhere. */
    void stopReading() {
        onSocketLoop(pace::stop);
    }

    @Override
    public void unanswered(int count) {
        pace.unanswered(count);
    }

    @Override
    public void slowDown(long ms) {
        onSocketLoop(() -> pace.slowDown(ms));
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        if (!ended) {
            socket.resume();
        }
    }

    @Override
    public void after(long ms, Runnable task) {
        vertx.setTimer(ms, over -> task.run());
    }

    private void onTick() {
        if (ended) {
            return;
        }
        if (!pace.reading()) {
            // Nobody listens: that is not the client's silence.
            lastFrameNs = nowNs();
        }
        long silentMs = (nowNs() - lastFrameNs) / 1_000_000;
        if (silentMs >= settings.silenceMs()) {
            close(null, CloseCode.HEARTBEAT_LOST, "no frame for " + silentMs + " ms");
        } else if (!closing) {
            socket.writePing(Buffer.buffer());
        }
    }

    private void onText(String text) {
        if (closing) {
            return;
        }
        ClientMessage message;
        try {
            message = decoder.decode(text);
        } catch (ProtocolException e) {
            close(errorFrame(e.code().name(), e.getMessage()), e.closeCode(), e.code().name());
            return;
        }
        Optional<String> refusal = machine.accept(message);
        if (refusal.isPresent()) {
            fail(EdgeError.HELLO_EXPECTED, refusal.get());
            return;
        }
        handle(message);
    }

    private void handle(ClientMessage message) {
        if (message instanceof ClientMessage.Hello hello) {
            join(hello);
        } else if (message instanceof ClientMessage.Open open) {
            Member self = member;
            inRoom(room -> room.open(self, open.target()));
        } else if (message instanceof ClientMessage.Submit submit) {
            Member self = member;
            inRoom(room -> room.submit(self, submit));
        } else if (message instanceof ClientMessage.Unreadable unreadable) {
            Member self = member;
            inRoom(room -> room.submit(self, unreadable));
        } else if (message instanceof ClientMessage.Presence presence) {
            Member self = member;
            inRoom(room -> room.presence(self, presence));
        }
    }

    private void join(ClientMessage.Hello hello) {
        try {
            access = access != null ? access : endpoint.gatekeeper().admit(hello.token());
            access.requireRead(workspace);
        } catch (AccessException refused) {
            end(refused);
            return;
        }
        if (!endpoint.exists(workspace)) {
            RejectionCode code = endpoint.absence();
            close(errorFrame(code.name(), endpoint.absent(workspace)), CloseCode.of(code), code.name());
            return;
        }
        unwatch = endpoint.gatekeeper().watch(access, this::end);
        Member joining = Member.socket(hello, access, this, rooms.limits(), nowNs());
        member = joining;
        inRoom(room -> room.join(joining));
    }

    private void end(AccessException refused) {
        close(errorFrame(refused.entry().code(), refused.getMessage()), refused.entry().closeCode(),
            refused.entry().code());
    }

    private void inRoom(Consumer<Room> action) {
        pace.handing();
        rooms.with(workspace, room -> {
            try {
                action.accept(room);
            } catch (RuntimeException e) {
                log.error("workspace {}: a message could not be handled", workspace, e);
                close(errorFrame(EdgeError.INTERNAL.name(), "the gateway failed to handle this message"),
                    CloseCode.of(EdgeError.INTERNAL), EdgeError.INTERNAL.name());
            } finally {
                pace.handled();
            }
        });
    }

    /** What the edge finds wrong is a bad request to the client; the close code tells which. */
    private void fail(EdgeError error, String message) {
        close(errorFrame(RejectionCode.BAD_REQUEST.name(), message), CloseCode.of(error), error.name());
    }

    private Frame errorFrame(String code, String message) {
        return rooms.ports().encoder().encode(ServerMessages.error(code, message));
    }

    private void onException(Throwable failure) {
        log.debug("socket of workspace {}: {}", workspace, failure.getMessage());
        if (failure instanceof CorruptedWebSocketFrameException) {
            // Vert.x closes without a reason right after this; so the reason has to be said here and now.
            closeNow(errorFrame(RejectionCode.TOO_LARGE.name(), "frame larger than " + 2 * settings.messageBytesMax()
                + " bytes or broken: " + failure.getMessage()), CloseCode.of(EdgeError.FRAME_TOO_LARGE),
                EdgeError.FRAME_TOO_LARGE.name());
        }
    }

    private void onClosed() {
        if (ended) {
            return;
        }
        ended = true;
        machine.close();
        queue.end();
        vertx.cancelTimer(timer);
        unwatch.run();
        Member self = member;
        if (self != null) {
            rooms.with(workspace, room -> room.leave(self));
        }
        endpoint.ended(this);
    }

    int waitingMessages() {
        return queue.waitingMessages();
    }

    private long nowNs() {
        return rooms.ports().time().nowNs();
    }

    private void onSocketLoop(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public void send(Frame frame) {
        queue.offer(frame, frame.lengthBytes());
    }

    @Override
    public void sendLive(LiveOperation operation) {
        send(new Frame(operation.frame().utf8(), operation.timeMs()));
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
        onSocketLoop(() -> closeNow(lastWord, code, reason));
    }

    private void closeNow(Frame lastWord, int code, String reason) {
        if (closing || ended) {
            return;
        }
        closing = true;
        machine.close();
        if (lastWord != null) {
            TextFrames.write(socket, lastWord);
        }
        queue.end();
        String shown = reason.length() > CLOSE_REASON_MAX ? reason.substring(0, CLOSE_REASON_MAX) : reason;
        socket.close((short) code, shown);
    }

    @Override
    public boolean full() {
        return closing || ended || socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void write(Frame message) {
        TextFrames.write(socket, message);
        if (message.appendedAtMs() > 0) {
            rooms.ports().events().delivered(workspace, message.appendedAtMs());
        }
    }

    @Override
    public void overflowed() {
        close(null, CloseCode.SLOW_CONSUMER, "the client reads more slowly than its queue allows; resume by version");
    }
}
