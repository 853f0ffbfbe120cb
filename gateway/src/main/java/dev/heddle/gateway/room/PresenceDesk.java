package dev.heddle.gateway.room;

import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.protocol.ServerMessages;
import dev.heddle.gateway.protocol.SessionColor;
import java.util.Collection;

/**
 * Passes presence on: merged per tick, the latest of a session wins, one encoding for all sockets. A socket with a full
 * queue is left out, as the next state replaces this one anyway. One thread at a time, the room's.
 */
final class PresenceDesk {

    private final String workspace;
    private final RoomPorts ports;
    private final RoomLimits limits;
    private final RoomLoop loop;
    private final Collection<Member> members;
    private final PresenceBoard board;
    private boolean tickPending;
    private boolean refreshPending;

    PresenceDesk(String workspace, RoomPorts ports, RoomLimits limits, RoomLoop loop, Collection<Member> members) {
        this.workspace = workspace;
        this.ports = ports;
        this.limits = limits;
        this.loop = loop;
        this.members = members;
        this.board = new PresenceBoard(limits.membersMax() * 2);
    }

    void said(Member member, ClientMessage.Presence said) {
        PresenceState state = new PresenceState(member.session(), member.name(), SessionColor.of(member.session()),
            said.file(), said.anchor(), said.head(), said.version(), said.state(), false);
        if (board.put(state, true, ports.time().nowMs())) {
            tickSoon();
        }
        refreshLater();
    }

    void heard(PresenceState state) {
        if (board.put(state, false, ports.time().nowMs())) {
            tickSoon();
        }
        refreshLater();
    }

    void left(Member member) {
        if (member.session() != null && board.remove(member.session(), true)) {
            tickSoon();
        }
    }

    /** Tells a newcomer where the others are. */
    void introduce(Member newcomer) {
        for (PresenceState state : board.states()) {
            if (!state.session().equals(newcomer.session())) {
                newcomer.outbox().send(ports.encoder().encode(ServerMessages.presence(state)));
            }
        }
    }

    private void tickSoon() {
        if (!tickPending) {
            tickPending = true;
            loop.after(limits.presenceTickMs(), this::tick);
        }
    }

    private void tick() {
        tickPending = false;
        for (PresenceBoard.Change change : board.drain()) {
            PresenceState state = change.state();
            if (change.local()) {
                ports.log().publish(workspace, state);
            }
            Frame frame = null;
            for (Member member : members) {
                boolean itself = member.session() == null || member.session().equals(state.session());
                if (itself || !state.left() && !member.outbox().roomy()) {
                    continue;
                }
                frame = frame == null ? ports.encoder().encode(ServerMessages.presence(state)) : frame;
                member.outbox().send(frame);
            }
        }
    }

    /** Says again where the own sessions are and forgets silent ones of other gateways, while there is anybody. */
    private void refreshLater() {
        if (!refreshPending) {
            refreshPending = true;
            loop.after(Math.max(1, limits.presenceTtlMs() / 3), this::refresh);
        }
    }

    private void refresh() {
        refreshPending = false;
        board.localStates().forEach(state -> ports.log().publish(workspace, state));
        if (board.expire(ports.time().nowMs(), limits.presenceTtlMs())) {
            tickSoon();
        }
        if (!board.states().isEmpty()) {
            refreshLater();
        }
    }
}
