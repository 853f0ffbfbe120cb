package dev.heddle.gateway.room;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.ServerMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers {@code open}: fetches a text, brings it to exactly the version its asker was sent, and only then lets the
 * asker see anything newer. Runs on the room's loop.
 */
final class FileOpener {

    /** From this length on a text is made ready off the room's loop, in UTF-16 units. */
    private static final int HEAVY_LENGTH = 256 * 1024;
    private static final int ATTEMPTS_MAX = 5;

    /** One open that is under way. */
    private static final class Opening {
        private final Member member;
        private final FileReference target;
        private int attempts;
        private boolean done;
        private FileText text;

        Opening(Member member, FileReference target) {
            this.member = member;
            this.target = target;
        }
    }

    private final Room room;
    private final RoomPorts ports;
    private final RoomLimits limits;
    /** Openings whose text is newer than what the feed has passed on; they wait for the feed. */
    private final List<Opening> waitingForFeed = new ArrayList<>();

    FileOpener(Room room, RoomPorts ports, RoomLimits limits) {
        this.room = room;
        this.ports = ports;
        this.limits = limits;
    }

    void open(Member member, FileReference target) {
        if (member.isGone()) {
            return;
        }
        if (!member.startOpen(limits.opensMax())) {
            room.send(member, ServerMessages.openFailed(target, RejectionCode.LIMIT_REACHED,
                "opens under way on this socket (expected: at most " + limits.opensMax() + ")"));
            return;
        }
        Opening opening = new Opening(member, target);
        room.loop().after(limits.deadlineMs(), () -> {
            if (!opening.done) {
                fail(opening, RejectionCode.UNAVAILABLE,
                    "open took longer than " + limits.deadlineMs() + " ms; try again");
            }
        });
        member.whenLive(() -> fetch(opening));
    }

    private void fetch(Opening opening) {
        opening.attempts++;
        ports.reader().file(room.workspace(), opening.target, AsOf.NEWEST, ReadBound.version(room.version()))
            .whenComplete((text, failure) -> room.loop().execute(() -> fetched(opening, text, failure)));
    }

    private void fetched(Opening opening, FileText text, Throwable failure) {
        if (opening.done || opening.member.isGone()) {
            return;
        }
        if (failure != null) {
            ReadException reason = ReadException.of(failure);
            fail(opening, reason.code(), reason.getMessage());
            return;
        }
        opening.text = text;
        opening.member.whenLive(() -> settle(opening));
    }

    /** The room has advanced; texts that were ahead of it may fit now. */
    void advanced() {
        if (waitingForFeed.isEmpty()) {
            return;
        }
        List<Opening> ready = waitingForFeed.stream().filter(o -> o.text.version() <= room.version()).toList();
        waitingForFeed.removeAll(ready);
        ready.forEach(opening -> opening.member.whenLive(() -> settle(opening)));
    }

    void forget(Member member) {
        waitingForFeed.removeIf(opening -> opening.member == member);
    }

    /** The member is live here: it was sent exactly the room's version. */
    private void settle(Opening opening) {
        if (opening.done) {
            return;
        }
        FileText text = opening.text;
        if (text.version() > room.version()) {
            waitingForFeed.add(opening);
            return;
        }
        if (!room.ring().covers(text.version(), room.version())) {
            if (opening.attempts >= ATTEMPTS_MAX) {
                fail(opening, RejectionCode.UNAVAILABLE, "the file changes faster than it can be read; try again");
            } else {
                fetch(opening);
            }
            return;
        }
        List<LiveOperation> missing = room.ring().after(text.version()).stream()
            .filter(operation -> text.file().equals(operation.file())).toList();
        long version = room.version();
        if (text.text().length() < HEAVY_LENGTH) {
            answer(opening, make(text, missing, version));
            return;
        }
        Member member = opening.member;
        member.pauseAt(version);
        ports.workers().execute(() -> {
            Object made = make(text, missing, version);
            room.loop().execute(() -> {
                answer(opening, made);
                room.catchUp().run(member);
            });
        });
    }

    /** {@return the frame to send, or the exception that says why there is none} */
    private Object make(FileText text, List<LiveOperation> missing, long version) {
        try {
            FileText now = Forward.bring(text, missing, version);
            return ports.encoder().encode(ServerMessages.opened(now.file(), now.path(), version, now.text(),
                now.hash()));
        } catch (ReadException e) {
            return e;
        } catch (RuntimeException e) {
            return new ReadException(RejectionCode.UNAVAILABLE, "the text of " + text.path()
                + " could not be brought to version " + version + ": " + e.getMessage());
        }
    }

    private void answer(Opening opening, Object made) {
        if (opening.done || opening.member.isGone()) {
            return;
        }
        if (made instanceof ReadException failure) {
            fail(opening, failure.code(), failure.getMessage());
            return;
        }
        opening.done = true;
        opening.member.endOpen();
        opening.member.opened().add(opening.text.file());
        opening.member.outbox().send((Frame) made);
    }

    private void fail(Opening opening, RejectionCode code, String message) {
        opening.done = true;
        waitingForFeed.remove(opening);
        if (!opening.member.isGone()) {
            opening.member.endOpen();
            room.send(opening.member, ServerMessages.openFailed(opening.target, code, message));
        }
    }
}
