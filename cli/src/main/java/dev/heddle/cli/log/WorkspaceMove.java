package dev.heddle.cli.log;

import dev.heddle.ClientOp;
import dev.heddle.Handover;
import dev.heddle.Noop;
import dev.heddle.Place;
import dev.heddle.Rejection;
import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.topic.LogPart;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Moves a workspace's raw log to another topic while it is written to (ADR 0012): a last record in the old topic, a
 * first one in the new, then the list of workspaces. Whatever step a move ends at, moving again goes on from there. One
 * thread; blocks.
 */
public final class WorkspaceMove {

    private static final int ATTEMPTS = 3;

    /**
     * What came of a move.
     *
     * @param workspace the workspace's newest record
     * @param moved     false where it was there already
     */
    public record Moved(Workspace workspace, boolean moved) {
    }

    /** A record that was accepted as the end of a part. */
    private record Fence(String session, long offset) {
    }

    private final WorkspaceLog log;
    private final LogWriter writer;
    private final HeddleSerdes serdes;
    private final Supplier<UUID> ids;
    private final Submitter submitter;

    /**
     * A move not begun yet.
     *
     * @param log    reads the topics
     * @param writer writes to them
     * @param serdes encode and decode
     * @param ids    fresh random ids
     */
    public WorkspaceMove(WorkspaceLog log, LogWriter writer, HeddleSerdes serdes, Supplier<UUID> ids) {
        this.log = Objects.requireNonNull(log, "log");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.serdes = Objects.requireNonNull(serdes, "serdes");
        this.ids = Objects.requireNonNull(ids, "ids");
        submitter = new Submitter(log, writer);
    }

    /**
     * Moves a workspace, or finishes a move of it that was broken off.
     *
     * @param name the workspace's name
     * @param to   where to
     * @return what came of it
     */
    public Moved to(String name, PlaceKind to) {
        Workspace listed = log.workspace(name);
        List<LogPart> parts = LogPart.of(listed);
        LogPart old = parts.get(parts.size() - 1);
        if (PlaceKind.of(old.topic()) == to) {
            return new Moved(listed, false);
        }
        if (parts.size() >= LogPosition.PARTS_MAX) {
            throw new CliException(ExitCode.REFUSED, "LIMIT_REACHED", "workspace " + name + " was moved "
                + (parts.size() - 1) + " times (expected: at most " + (LogPosition.PARTS_MAX - 1) + ")", null);
        }
        String topic = to == PlaceKind.SHARED ? Topics.sharedOpsTopic(listed.getShard())
            : Topics.sharedOpsTopic(listed.getShard()) + "." + name;
        boolean known = parts.stream().anyMatch(part -> part.topic().equals(topic));
        writer.ensure(Topics.opsAt(topic), to == PlaceKind.OWN && !known);
        try (submitter) {
            Fence fence = fence(listed, old, topic);
            long begin = begin(listed, old, topic, fence);
            return new Moved(list(listed, parts, topic, fence.offset(), begin), true);
        }
    }

    private Fence fence(Workspace workspace, LogPart old, String topic) {
        long base = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String session = ids.get().toString();
            Submitter.Answer answer = submitter.submit(workspace, old.topic(),
                operation(session, 1, base, new Handover(topic, null)));
            if (answer.accepted() != null) {
                return new Fence(session, LogPosition.offset(answer.accepted().getSourceOffset()));
            }
            Rejection refused = answer.refused();
            if (refused.getCode().equals(RejectionCode.UNAVAILABLE.name())) {
                return broken(workspace, refused.getVersion());
            }
            base = refused.getVersion();
        }
        throw new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "workspace " + workspace.getName()
            + " was not moved: its last record was refused " + ATTEMPTS + " times", "nothing was changed; try again");
    }

    /** {@return the fence of a move that was broken off, which is the workspace's newest version} */
    private Fence broken(Workspace workspace, long version) {
        var canonical = log.canonical(workspace.getName());
        Fence found = null;
        while (canonical.hasNext()) {
            var record = canonical.next();
            if (record.version() == version && !record.isTombstone()) {
                var operation = record.content().get();
                found = new Fence(operation.session(), LogPosition.offset(operation.sourceOffset()));
            }
        }
        if (found == null) {
            throw new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "workspace " + workspace.getName()
                + " is being moved, by the record of version " + version + " which is not in " + Topics.CANONICAL,
                "try again in a moment");
        }
        return found;
    }

    /** {@return the offset of the new part's first record} */
    private long begin(Workspace workspace, LogPart old, String topic, Fence fence) {
        Submitter.Answer answer = submitter.submit(workspace, topic, operation(fence.session(), 2, 0,
            new Handover(old.topic(), fence.offset())));
        long position = answer.accepted() != null ? answer.accepted().getSourceOffset()
            : answer.refused().getSourceOffset();
        if (LogPosition.part(position) != old.number() + 1) {
            throw new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "workspace " + workspace.getName()
                + " left topic " + old.topic() + " at offset " + fence.offset() + " and did not begin in " + topic,
                "move it again: that goes on where this ended");
        }
        return LogPosition.offset(position);
    }

    private static ClientOp operation(String session, long seq, long base, Handover handover) {
        return ClientOp.newBuilder().setSession(session).setSeq(seq).setBase(base).setAuthor("heddle ws move")
            .setOp(new Noop()).setHandover(handover).build();
    }

    private Workspace list(Workspace before, List<LogPart> parts, String topic, long fence, long begin) {
        List<Place> places = new ArrayList<>();
        for (LogPart part : parts) {
            places.add(new Place(part.topic(), part.fromOffset(), part.open() ? fence : part.toOffset()));
        }
        places.add(new Place(topic, begin, null));
        Workspace moved = new Workspace(before.getName(), before.getShard(), topic, before.getSettings(),
            before.getTime(), places);
        writer.send(Topics.WORKSPACES, 0, before.getName(),
            serdes.workspace().serializer().serialize(Topics.WORKSPACES, moved));
        return moved;
    }
}
