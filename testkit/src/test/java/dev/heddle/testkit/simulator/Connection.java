package dev.heddle.testkit.simulator;

import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.protocol.ClientMessageDecoder;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.ProtocolException;
import dev.heddle.gateway.room.Member;
import dev.heddle.gateway.room.Outbox;
import dev.heddle.gateway.session.SessionMachine;
import dev.heddle.gateway.ws.OutboundQueue;
import java.nio.charset.StandardCharsets;

/**
 * A socket between a client and a gateway: both directions in order, each message some time under way. It can break at
 * any moment, and the two sides notice that at different times. The gateway's side is the real decoder, conversation
 * and queue.
 */
final class Connection implements Outbox, OutboundQueue.Transport<Frame> {

    private static final int MESSAGE_BYTES_MAX = 1 << 16;
    private static final int QUEUE_MESSAGES_MAX = 40;
    private static final int WIRE_MESSAGES_MAX = 6;

    private final World world;
    private final SimulatedClient client;
    private final GatewayProcess gateway;
    private final String workspace;
    private final int wireMs;
    private final ClientMessageDecoder decoder = new ClientMessageDecoder(MESSAGE_BYTES_MAX);
    private final SessionMachine machine = new SessionMachine();
    private final OutboundQueue<Frame> queue;
    private Member member;
    private boolean clientOpen = true;
    private boolean serverOpen = true;
    private boolean closing;
    private long toServerMs;
    private long toClientMs;
    private int onWire;

    /**
     * A new socket.
     *
     * @param wireMs the longest time that a message is under way, in milliseconds: large for a slow client
     */
    Connection(World world, SimulatedClient client, GatewayProcess gateway, String workspace, int wireMs) {
        this.world = world;
        this.client = client;
        this.gateway = gateway;
        this.workspace = workspace;
        this.wireMs = wireMs;
        this.queue = new OutboundQueue<>(gateway, this, QUEUE_MESSAGES_MAX, 1 << 20);
        gateway.connected(this);
    }

    /** Sends a message of the client. */
    void fromClient(String text) {
        toServerMs = Math.max(toServerMs, world.timeline.nowMs() + world.dice.below(wireMs + 1));
        world.timeline.after(toServerMs - world.timeline.nowMs(), () -> {
            if (serverOpen && gateway.alive()) {
                received(text);
            }
        });
    }

    private void received(String text) {
        try {
            ClientMessage message = decoder.decode(text);
            machine.accept(message).ifPresent(refusal -> {
                throw new IllegalStateException("the client is mistaken: " + refusal);
            });
            handle(message);
        } catch (ProtocolException mistaken) {
            throw new IllegalStateException("the client is mistaken: " + text, mistaken);
        }
    }

    private void handle(ClientMessage message) {
        if (message instanceof ClientMessage.Hello hello) {
            Member joining = Member.socket(hello, Access.ANONYMOUS, this, gateway.rooms().limits(),
                world.timeline.nowNs());
            member = joining;
            gateway.rooms().with(workspace, room -> room.join(joining));
        } else if (message instanceof ClientMessage.Open open) {
            Member self = member;
            gateway.rooms().with(workspace, room -> room.open(self, open.target()));
        } else if (message instanceof ClientMessage.Submit submit) {
            Member self = member;
            gateway.rooms().with(workspace, room -> room.submit(self, submit));
        } else {
            throw new IllegalStateException("the client is mistaken: " + message);
        }
    }

    /** The client's end is gone; the gateway notices later, and may still get what is under way. */
    void brokenByClient() {
        clientOpen = false;
        world.timeline.after(world.dice.delayMs(50, 10_000), this::serverNotices);
    }

    /** The gateway is gone; the client notices later. */
    void brokenByServer() {
        serverOpen = false;
        world.timeline.after(world.dice.delayMs(50, 3_000), () -> toldClosed(0));
    }

    private void serverNotices() {
        if (serverOpen) {
            serverOpen = false;
            machine.close();
            queue.end();
            gateway.disconnected(this);
            Member self = member;
            if (self != null && gateway.alive()) {
                gateway.rooms().with(workspace, room -> room.leave(self));
            }
        }
    }

    private void toldClosed(int code) {
        if (clientOpen) {
            clientOpen = false;
            client.closed(this, code);
        }
    }

    @Override
    public void send(Frame frame) {
        queue.offer(frame, frame.lengthBytes());
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
        gateway.execute(() -> {
            if (closing || !serverOpen) {
                return;
            }
            closing = true;
            world.totals.count("closed " + code);
            if (lastWord != null) {
                write(lastWord);
            }
            long whenMs = toClientMs;
            serverNotices();
            world.timeline.after(Math.max(0, whenMs - world.timeline.nowMs()) + 1, () -> toldClosed(code));
        });
    }

    @Override
    public boolean full() {
        return closing || !serverOpen || onWire >= WIRE_MESSAGES_MAX;
    }

    @Override
    public void write(Frame message) {
        onWire++;
        toClientMs = Math.max(toClientMs, world.timeline.nowMs() + world.dice.below(wireMs + 1));
        world.timeline.after(toClientMs - world.timeline.nowMs(), () -> {
            onWire--;
            if (clientOpen) {
                client.received(this, new String(message.utf8(), StandardCharsets.UTF_8));
            }
            queue.drained();
        });
    }

    @Override
    public void overflowed() {
        close(null, dev.heddle.gateway.protocol.CloseCode.SLOW_CONSUMER, "too slow");
    }

    GatewayProcess gateway() {
        return gateway;
    }
}
