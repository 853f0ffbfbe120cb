package dev.heddle.gateway.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import java.util.ArrayDeque;

/**
 * Brings a member that is not live to the room's version: from the ring if that reaches back far enough, else page by
 * page from the reader, never faster than its socket takes it. Runs on the room's loop.
 */
final class CatchUp {

    private final Room room;
    private final RoomPorts ports;
    private final RoomLimits limits;

    CatchUp(Room room, RoomPorts ports, RoomLimits limits) {
        this.room = room;
        this.ports = ports;
        this.limits = limits;
    }

    void run(Member member) {
        if (member.isGone() || member.isLive()) {
            return;
        }
        ArrayDeque<LiveOperation> waiting = member.catchUp();
        while (true) {
            while (!waiting.isEmpty() && member.outbox().roomy()) {
                member.deliver(waiting.poll());
            }
            if (!waiting.isEmpty()) {
                member.outbox().whenRoomy(() -> room.loop().execute(() -> run(member)));
                return;
            }
            if (member.sentVersion() >= room.version()) {
                member.goLive();
                return;
            }
            if (!room.ring().covers(member.sentVersion(), room.version())) {
                fetch(member);
                return;
            }
            waiting.addAll(room.ring().after(member.sentVersion()));
        }
    }

    private void fetch(Member member) {
        ports.reader().operations(room.workspace(), member.sentVersion(), limits.pageOperationsMax(),
            ReadBound.version(Math.min(room.version(), member.sentVersion() + 1)))
            .whenComplete((page, failure) -> room.loop().execute(() -> fetched(member, page, failure)));
    }

    private void fetched(Member member, WorkspaceReader.OperationPage page, Throwable failure) {
        if (member.isGone()) {
            return;
        }
        if (failure != null) {
            ReadException reason = ReadException.of(failure);
            room.refuse(member, reason.code(), reason.getMessage());
            return;
        }
        long expected = member.sentVersion() + 1;
        for (ObjectNode message : page.operations()) {
            LiveOperation operation = LiveOperation.of(message, ports.encoder());
            if (operation.version() == expected && expected <= room.version()) {
                member.catchUp().add(operation);
                expected++;
            }
        }
        if (member.catchUp().isEmpty()) {
            room.refuse(member, RejectionCode.BASE_TOO_OLD, "version " + expected + " of workspace "
                + room.workspace() + " is no longer kept (expected: resume from a newer version, or start anew)");
            return;
        }
        run(member);
    }
}
