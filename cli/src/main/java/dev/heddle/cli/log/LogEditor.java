package dev.heddle.cli.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.GatewayProblems;
import dev.heddle.cli.client.WorkspaceWriter;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.editing.MinimalDiff;
import dev.heddle.editing.UndoSelection;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.UndoPlan;
import dev.heddle.engine.workspace.UndoPlan.Leftover;
import dev.heddle.engine.workspace.UndoStep;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.json.OperationJson;
import dev.heddle.schemas.json.UndoJson;
import dev.heddle.schemas.topic.LogPart;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.schemas.topic.WorkspaceNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Changes of workspaces by records in their raw logs, without a gateway: each under a session of its own, answered by
 * the transformer. One thread; blocks.
 */
public final class LogEditor implements WorkspaceWriter {

    private final LogReader reader;
    private final LogWriter writer;
    private final Submitter submitter;
    private final Supplier<UUID> ids;
    private final String author;
    private final LongSupplier nowMs;
    private final Set<String> putSince = new HashSet<>();
    private WorkspaceImage image;

    /**
     * An editor.
     *
     * @param reader reads the topics; not closed with this
     * @param writer writes to them; closed with this
     * @param ids    fresh random ids
     * @param author the writer's name, or null
     * @param nowMs  the time, milliseconds since 1970 UTC
     */
    public LogEditor(LogReader reader, LogWriter writer, Supplier<UUID> ids, String author, LongSupplier nowMs) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.ids = Objects.requireNonNull(ids, "ids");
        this.author = author;
        this.nowMs = Objects.requireNonNull(nowMs, "nowMs");
        submitter = new Submitter(reader.log(), writer);
    }

    @Override
    public long head(String workspace) {
        Iterator<LoggedOperation> newest = reader.log().newestCanonical(workspace, 1, false);
        return newest.hasNext() ? newest.next().version() : 0;
    }

    @Override
    public JsonNode put(String workspace, String path, String text, String ifMatch) {
        if (ifMatch != null) {
            throw CliException.usage("--if-match is for a gateway, which makes entity tags; --kafka has none");
        }
        WorkspaceImage image = imageToPutInto(workspace, path);
        Optional<FileImage> file = image.fileAt(path);
        if (file.isEmpty()) {
            return summary(submit(workspace, new Operation.Create(path, text, null), image.version()));
        }
        List<Change> changes = MinimalDiff.between(file.get().text().toString(), text);
        String id = file.get().file();
        return changes.isEmpty() ? summary(id, path, image.version())
            : summary(submit(workspace, new Operation.Edit(FileReference.ofFile(id), changes), image.version()));
    }

    /** Read once for many files: an edit may stand on an older version, unless this very file was written since. */
    private WorkspaceImage imageToPutInto(String workspace, String path) {
        if (image == null || !image.workspace().equals(workspace) || !putSince.add(path)) {
            image = reader.image(workspace, OptionalLong.empty());
            putSince.clear();
            putSince.add(path);
        }
        return image;
    }

    @Override
    public LoggedOperation patch(String workspace, String path, ObjectNode operation) {
        ObjectNode named = operation.deepCopy().put("path", path);
        JsonNode base = named.remove("base");
        Operation read;
        try {
            read = OperationJson.submitted(named);
        } catch (CodecException error) {
            throw CliException.usage(error.getMessage());
        }
        return submit(workspace, read, base == null ? head(workspace) : base.asLong());
    }

    @Override
    public JsonNode rename(String workspace, String path, String to) {
        return summary(submit(workspace, new Operation.Rename(FileReference.ofPath(path), to), head(workspace)));
    }

    @Override
    public JsonNode delete(String workspace, String path) {
        return summary(submit(workspace, new Operation.Delete(FileReference.ofPath(path)), head(workspace)));
    }

    @Override
    public JsonNode undo(String workspace, UndoSelection selection, boolean dryRun) {
        LogUndo undo = new LogUndo(workspace, selection);
        reader.fold(workspace, (operation, image) -> undo.accept(operation));
        UndoPlan plan = undo.plan();
        List<Leftover> leftovers = new ArrayList<>(plan.leftovers());
        long version = plan.head();
        for (UndoStep step : plan.steps()) {
            version = dryRun ? version : Math.max(version, perform(workspace, step, plan.head(), leftovers));
        }
        return UndoJson.report(plan, leftovers, version, dryRun);
    }

    /** {@return the step's version; 0 where it was refused, which is then a leftover} */
    private long perform(String workspace, UndoStep step, long base, List<Leftover> leftovers) {
        try {
            return submit(workspace, step.operation(), base).version();
        } catch (CliException refused) {
            if (refused.exitCode() != ExitCode.REFUSED) {
                throw refused;
            }
            leftovers.add(new Leftover(base, step.path(), refused.getMessage()));
            return 0;
        }
    }

    @Override
    public JsonNode revert(String workspace, long to, String path) {
        WorkspaceImage now = reader.image(workspace, OptionalLong.empty());
        List<Operation> operations = LogRevert.operations(reader.image(workspace, OptionalLong.of(to)), now, path);
        long version = now.version();
        for (int done = 0; done < operations.size(); done++) {
            try {
                version = submit(workspace, operations.get(done), now.version()).version();
            } catch (CliException refused) {
                throw new CliException(refused.exitCode(), refused.code(), "after " + done + " of " + operations.size()
                    + " operations: " + refused.getMessage(), refused.hint());
            }
        }
        return JsonNodeFactory.instance.objectNode().put("version", version).put("operations", operations.size());
    }

    @Override
    public Created create(String name, String place) {
        WorkspaceLog log = reader.log();
        Workspace known = log.workspaces().get(name);
        if (known != null) {
            return new Created(LogReader.summary(known, -1), false);
        }
        if (!WorkspaceNames.valid(name)) {
            throw CliException.usage("workspace " + name + " is not a name (expected: small letters, digits and -, up "
                + "to 63, no - first)");
        }
        PlaceKind kind;
        try {
            kind = place == null ? PlaceKind.OWN : PlaceKind.parse(place);
        } catch (IllegalArgumentException neither) {
            throw CliException.usage("--place " + neither.getMessage());
        }
        int shards = log.shards();
        String topic = Topics.opsTopic(name, shards, kind);
        writer.ensure(Topics.opsAt(topic), kind == PlaceKind.OWN);
        Workspace made = new Workspace(name, Shards.of(name, shards), topic, Map.of(), nowMs.getAsLong(), List.of());
        writer.send(Topics.WORKSPACES, 0, name, log.serdes().workspace().serializer().serialize(Topics.WORKSPACES,
            made));
        log.listChanged();
        return new Created(LogReader.summary(made, 0), true);
    }

    @Override
    public String name() {
        return reader.log().settings().bootstrapServers();
    }

    private LoggedOperation submit(String name, Operation operation, long base) {
        Workspace workspace = reader.log().workspace(name);
        List<LogPart> parts = reader.log().parts(name);
        Submission submission = new Submission(ids.get().toString(), 1, base, null, author, operation, 0, 0);
        Submitter.Answer answer = submitter.submit(workspace, parts.get(parts.size() - 1).topic(),
            OperationCodec.clientOp(submission));
        if (answer.accepted() != null) {
            return LoggedOperation.of(OperationCodec.canonical(answer.accepted()));
        }
        RejectedOperation refused = OperationCodec.rejected(answer.refused());
        throw new CliException(refused.code().retriable() ? ExitCode.UNAVAILABLE : ExitCode.REFUSED,
            refused.code().name(), refused.message(), GatewayProblems.hint(refused.code().name()));
    }

    private static ObjectNode summary(LoggedOperation operation) {
        return summary(operation.file(), operation.path(), operation.version());
    }

    private static ObjectNode summary(String file, String path, long version) {
        return JsonNodeFactory.instance.objectNode().put("file", file).put("path", path).put("version", version);
    }

    @Override
    public void close() {
        submitter.close();
        writer.close();
    }
}
