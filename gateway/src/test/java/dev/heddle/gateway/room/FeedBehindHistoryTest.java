package dev.heddle.gateway.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.gateway.access.Access;
import dev.heddle.gateway.protocol.ClientMessage;
import dev.heddle.gateway.protocol.CloseCode;
import dev.heddle.gateway.protocol.Frame;
import dev.heddle.gateway.protocol.FrameEncoder;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.runtime.SystemTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * Goal: a gateway that was frozen for longer than history is kept does not leave its sockets without operations for
 * ever. Found by the simulation (seed 2107).
 */
class FeedBehindHistoryTest {

    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";
    private static final RoomLimits LIMITS = new RoomLimits(5, 5, 100, 100, 5, 5, 1 << 16, 5, 1_000, 50, 1_000,
        1 << 16);

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final Backend backend = new Backend();
    private final Rooms rooms = new Rooms(List.of(new Loop()), new RoomPorts(backend, backend, new SystemTime(),
        new FrameEncoder(), tasks::add, RoomEvents.NONE), LIMITS);

    private final class Loop implements RoomLoop {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long delayMs, Runnable task) {
            // Nothing here has to wait: what is retried later would be a failure of this test.
        }
    }

    private static final class Client implements Outbox {
        private final List<Integer> closed = new ArrayList<>();

        @Override
        public void send(Frame frame) {
            // Only the end is of interest.
        }

        @Override
        public boolean roomy() {
            return true;
        }

        @Override
        public void whenRoomy(Runnable task) {
            task.run();
        }

        @Override
        public void close(Frame lastWord, int code, String reason) {
            closed.add(code);
        }
    }

    /** Is at version 3 at first; later, versions up to 100 are no longer kept. */
    private static final class Backend implements WorkspaceReader, OperationLog {
        private long version = 3;

        @Override
        public CompletionStage<Head> head(String workspace, ReadBound bound) {
            return CompletableFuture.completedFuture(new Head(version, "", 0, 0));
        }

        @Override
        public CompletionStage<OperationPage> operations(String workspace, long after, int max, ReadBound bound) {
            return CompletableFuture.failedFuture(new ReadException(RejectionCode.BASE_TOO_OLD, "operations after "
                + after + " are no longer kept (expected: from 100)"));
        }

        @Override
        public CompletionStage<Tree> files(String workspace, AsOf at, ReadBound bound) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<FileText> file(String workspace, FileReference target, AsOf at, ReadBound bound) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ObjectNode> blame(String workspace, String path, AsOf at, ReadBound bound) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Difference> difference(String workspace, String path, Range range, ReadBound bound) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> append(String workspace, Submission submission, String traceparent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish(String workspace, PresenceState state) {
            // Nobody moves.
        }

        @Override
        public long feedOffset(String workspace) {
            return 0;
        }
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private Client join() {
        Client client = new Client();
        Member member = Member.socket(new ClientMessage.Hello(SESSION, null, null, ClientMessage.Follow.ALL, null),
            Access.ANONYMOUS, client, LIMITS, 0);
        rooms.with("w", room -> room.join(member));
        settle();
        return client;
    }

    @Test
    void shouldEndTheRoomAndItsSocketsWhenWhatTheFeedMissedIsNoLongerKept() {
        Client client = join();
        backend.version = 150;
        rooms.onCanonical(new CanonicalOperation("w", 150, null, null, "a", SESSION, 1, 0, null, 0, 0,
            new Operation.Noop(), Hash.ZERO, Hash.ZERO), null);
        settle();
        assertThat(client.closed).containsExactly(CloseCode.of(RejectionCode.BASE_TOO_OLD));
        assertThat(join().closed).isEmpty();
        rooms.with("w", room -> assertThat(room.version()).isEqualTo(150));
        settle();
    }
}
