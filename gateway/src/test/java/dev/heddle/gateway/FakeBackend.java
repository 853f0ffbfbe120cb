package dev.heddle.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.gateway.protocol.PresenceState;
import dev.heddle.gateway.room.AsOf;
import dev.heddle.gateway.room.FileText;
import dev.heddle.gateway.room.OperationLog;
import dev.heddle.gateway.room.ReadBound;
import dev.heddle.gateway.room.ReadException;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.room.WorkspaceInfo;
import dev.heddle.gateway.room.WorkspaceReader;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Log, sequencer and snapshotter in one, in memory, around the real engine, on a thread of its own. What a real one
 * does wrong at times can be asked for: records held back or lost on the feed, appends that fail.
 */
public final class FakeBackend implements OperationLog, WorkspaceReader, WorkspaceDirectory, AutoCloseable {

    private static final class Log {
        private final WorkspaceState state;
        private final List<CanonicalOperation> canonical = new ArrayList<>();
        private final Map<Long, Object> answers = new TreeMap<>();
        private long nextOffset;

        Log(String name) {
            state = WorkspaceState.empty(name, Limits.DEFAULT, version -> {
                throw new IllegalStateException("history of version " + version + " asked for");
            });
        }
    }

    private final Map<String, Log> logs = new ConcurrentHashMap<>();
    private final Map<String, WorkspaceInfo> listed = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<CanonicalOperation> heldBack = new ArrayList<>();
    private volatile Sink rooms;
    private volatile boolean holdBack;
    private volatile boolean loseFeed;
    private volatile boolean failAppends;
    private volatile boolean swallowAppends;
    private volatile boolean loseAcks;
    private volatile boolean failReads;
    private volatile boolean hangReads;
    private volatile boolean directoryIncomplete;
    public final List<PresenceState> published = new CopyOnWriteArrayList<>();

    /** Where decisions go. */
    public interface Sink {

        void onCanonical(CanonicalOperation operation);

        void onRejected(RejectedOperation rejection);
    }

    /** Both gateways follow this log. */
    public void attach(Rooms one, Rooms another) {
        Sink first = sink(one);
        Sink second = sink(another);
        attach(new Sink() {
            @Override
            public void onCanonical(CanonicalOperation operation) {
                first.onCanonical(operation);
                second.onCanonical(operation);
            }

            @Override
            public void onRejected(RejectedOperation rejection) {
                first.onRejected(rejection);
                second.onRejected(rejection);
            }
        });
    }

    public void attach(Rooms target) {
        attach(sink(target));
    }

    private static Sink sink(Rooms target) {
        return new Sink() {
            @Override
            public void onCanonical(CanonicalOperation operation) {
                target.onCanonical(operation, null);
            }

            @Override
            public void onRejected(RejectedOperation rejection) {
                target.onRejected(rejection);
            }
        };
    }

    public void attach(Sink target) {
        rooms = target;
    }

    public void holdBack(boolean value) {
        holdBack = value;
        if (!value) {
            thread.execute(() -> {
                heldBack.forEach(rooms::onCanonical);
                heldBack.clear();
            });
        }
    }

    public void loseFeed(boolean value) {
        loseFeed = value;
    }

    public void failAppends(boolean value) {
        failAppends = value;
    }

    /** Appends get through, but the gateway is told that they failed. */
    public void loseAcks(boolean value) {
        loseAcks = value;
    }

    public void swallowAppends(boolean value) {
        swallowAppends = value;
    }

    public void hangReads(boolean value) {
        hangReads = value;
    }

    public void failReads(boolean value) {
        failReads = value;
    }

    /** Sends a canonical record again, as a transformer does after a restart. */
    public void repeat(String workspace, long version) {
        thread.execute(() -> rooms.onCanonical(log(workspace).canonical.get((int) version - 1)));
    }

    public long version(String workspace) {
        return CompletableFuture.supplyAsync(() -> log(workspace).state.version(), thread).join();
    }

    private Log log(String workspace) {
        return logs.computeIfAbsent(workspace, Log::new);
    }

    @Override
    public CompletionStage<Void> append(String workspace, Submission submission, String traceparent) {
        if (failAppends) {
            return CompletableFuture.failedFuture(new IllegalStateException("broker away"));
        }
        if (swallowAppends) {
            return CompletableFuture.completedFuture(null);
        }
        boolean ackLost = loseAcks;
        return CompletableFuture.runAsync(() -> {
            decide(workspace, submission);
            if (ackLost) {
                throw new IllegalStateException("no acknowledgement in time");
            }
        }, thread);
    }

    private void decide(String workspace, Submission submitted) {
        Log log = log(workspace);
        long offset = log.nextOffset++;
        Submission submission = new Submission(submitted.session(), submitted.seq(), submitted.base(),
            submitted.after(), submitted.author(), submitted.operation(), offset, 1_000 + offset);
        Decision decision = Sequencer.decide(log.state, submission);
        log.state.replay(decision);
        Object answer;
        if (decision instanceof Decision.Accepted accepted) {
            log.canonical.add(accepted.operation());
            answer = accepted.operation();
        } else if (decision instanceof Decision.Rejected rejected) {
            answer = rejected.rejection();
        } else {
            answer = log.answers.get(((Decision.Repeated) decision).originalSourceOffset());
        }
        log.answers.put(offset, answer);
        if (loseFeed) {
            return;
        }
        if (answer instanceof CanonicalOperation canonical) {
            if (holdBack) {
                heldBack.add(canonical);
            } else {
                rooms.onCanonical(canonical);
            }
        } else {
            rooms.onRejected((RejectedOperation) answer);
        }
    }

    @Override
    public void publish(String workspace, PresenceState state) {
        published.add(state);
    }

    @Override
    public long feedOffset(String workspace) {
        return 0;
    }

    @Override
    public CompletionStage<Head> head(String workspace, ReadBound bound) {
        return read(() -> {
            Log log = log(workspace);
            return new Head(log.state.version(), log.state.hash().hex(), log.canonical.isEmpty() ? 0
                : log.canonical.get(log.canonical.size() - 1).timeMs(), 0);
        });
    }

    private <T> CompletionStage<T> read(java.util.function.Supplier<T> read) {
        if (failReads) {
            return CompletableFuture.failedFuture(new ReadException(RejectionCode.UNAVAILABLE, "snapshotter away"));
        }
        return hangReads ? new CompletableFuture<>() : CompletableFuture.supplyAsync(read, thread);
    }

    private WorkspaceImage image(String workspace, AsOf asOf) {
        Long version = asOf.version();
        Log log = log(workspace);
        long until = version == null ? log.state.version() : version;
        if (until > log.state.version()) {
            throw new ReadException(RejectionCode.BASE_IN_FUTURE, "version " + until);
        }
        WorkspaceImage image = WorkspaceImage.empty(workspace);
        log.canonical.stream().filter(operation -> operation.version() <= until).forEach(image::replay);
        return image;
    }

    @Override
    public CompletionStage<Tree> files(String workspace, AsOf asOf, ReadBound bound) {
        return read(() -> {
            WorkspaceImage image = image(workspace, asOf);
            return new Tree(image.version(), image.files().stream().map(file -> new TreeEntry(file.file(), file.path(),
                file.text().lengthCodePoints(), file.version())).toList());
        });
    }

    @Override
    public CompletionStage<FileText> file(String workspace, FileReference target, AsOf asOf, ReadBound bound) {
        return read(() -> {
            WorkspaceImage image = image(workspace, asOf);
            Optional<FileImage> found = target.file() != null ? image.file(target.file())
                : image.fileAt(target.path());
            FileImage file = found.filter(candidate -> !candidate.deleted()).orElseThrow(() -> new ReadException(
                RejectionCode.UNKNOWN_FILE, "file " + target + " (expected: one that exists)"));
            return new FileText(image.version(), file.file(), file.path(), file.version(), file.text().toString(),
                file.text().sha256Hex());
        });
    }

    @Override
    public CompletionStage<OperationPage> operations(String workspace, long after, int operationsMax,
                                                     ReadBound bound) {
        return read(() -> {
            Log log = log(workspace);
            List<ObjectNode> messages = log.canonical.stream().filter(operation -> operation.version() > after)
                .limit(operationsMax).map(OperationJson::opMessage).toList();
            Long next = after + messages.size() < log.state.version() ? after + messages.size() : null;
            return new OperationPage(messages, next, log.state.version());
        });
    }

    @Override
    public CompletionStage<ObjectNode> blame(String workspace, String path, AsOf asOf, ReadBound bound) {
        return read(() -> JsonNodeFactory.instance.objectNode().put("blameOf", path)
            .put("asOf", String.valueOf(asOf.at() == null ? asOf.version() : asOf.at())));
    }

    @Override
    public CompletionStage<Difference> difference(String workspace, String path, Range range, ReadBound bound) {
        return read(() -> new Difference(range.unified() ? "text/x-diff; charset=utf-8" : "application/json",
            path + " from " + range.from() + " to " + range.to()));
    }

    @Override
    public Optional<WorkspaceInfo> find(String name) {
        return Optional.ofNullable(listed.get(name));
    }

    @Override
    public List<WorkspaceInfo> all() {
        return List.copyOf(new TreeMap<>(listed).values());
    }

    @Override
    public boolean complete() {
        return !directoryIncomplete;
    }

    /** Whether it is as after a start, when the workspaces that exist are not all read. */
    public void directoryIncomplete(boolean incomplete) {
        directoryIncomplete = incomplete;
    }

    @Override
    public CompletionStage<Creation> create(String name, PlaceKind place) {
        WorkspaceInfo info = new WorkspaceInfo(name, 0, Topics.opsTopic(name, 1,
            place == null ? PlaceKind.OWN : place));
        WorkspaceInfo before = listed.putIfAbsent(name, info);
        return CompletableFuture.completedFuture(new Creation(before == null ? info : before, before == null));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
