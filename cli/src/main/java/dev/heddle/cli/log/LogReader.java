package dev.heddle.cli.log;

import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.client.FileContent;
import dev.heddle.cli.client.KeptHead;
import dev.heddle.cli.client.WorkspaceReader;
import dev.heddle.cli.client.WorkspaceSummary;
import dev.heddle.cli.history.BlameFold;
import dev.heddle.cli.history.BlameRun;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.history.RawFold;
import dev.heddle.cli.render.Progress;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.editing.TreeEntry;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.WorkspaceImage;
import dev.heddle.schemas.topic.Topics;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Reads of workspaces straight from the raw topics through the engine: complete for ever, at the cost of reading a log
 * from its beginning. One thread.
 */
public final class LogReader implements WorkspaceReader {

    /** Versions of workspaces that are held: who compares two asks for the files of both in turn. */
    private static final int KEPT_MAX = 2;

    private final WorkspaceLog log;
    private final SequencingLimits limits;
    private final LongFunction<Progress> progress;
    private final Map<String, WorkspaceImage> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WorkspaceImage> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /**
     * A reader that has read nothing.
     *
     * @param log      the topics; closed with this reader
     * @param limits   the limits the transformer runs with
     * @param progress makes a bar for so many records to read; null where nobody watches
     */
    public LogReader(WorkspaceLog log, SequencingLimits limits, LongFunction<Progress> progress) {
        this.log = log;
        this.limits = limits;
        this.progress = progress;
    }

    @Override
    public List<WorkspaceSummary> workspaces() {
        return log.workspaces().values().stream().map(workspace -> summary(workspace, -1)).toList();
    }

    @Override
    public WorkspaceSummary workspace(String workspace) {
        return summary(log.workspace(workspace), image(workspace, OptionalLong.empty()).version());
    }

    /**
     * {@return a workspace as a list shows it}
     *
     * @param workspace its record
     * @param version   its newest version; -1 where that is not known
     */
    public static WorkspaceSummary summary(Workspace workspace, long version) {
        return new WorkspaceSummary(workspace.getName(), version, workspace.getShard(), Map.of("ops",
            workspace.getOpsTopic(), "canonical", Topics.CANONICAL, "rejections", Topics.REJECTIONS));
    }

    @Override
    public List<TreeEntry> tree(String workspace, OptionalLong version) {
        return tree(image(workspace, version));
    }

    /** {@return the live files of a workspace, sorted by path} */
    static List<TreeEntry> tree(WorkspaceImage image) {
        return image.files().stream().map(file -> new TreeEntry(file.file(), file.path(),
            file.text().lengthCodePoints(), file.version())).toList();
    }

    @Override
    public FileContent file(String workspace, String path, OptionalLong version) {
        WorkspaceImage image = image(workspace, version);
        FileImage file = image.fileAt(path).orElseThrow(() -> unknown(path, image));
        return new FileContent(file.file(), path, image.version(), file.text().toString());
    }

    @Override
    public void operations(String workspace, long after, Predicate<LoggedOperation> receiver) {
        fold(workspace, (operation, image) ->
            operation.version() <= after || receiver.test(LoggedOperation.of(operation)));
    }

    @Override
    public long versionAt(String workspace, Instant time) {
        long[] version = new long[1];
        fold(workspace, (operation, image) -> {
            boolean within = operation.timeMs() <= time.toEpochMilli();
            version[0] = within ? operation.version() : version[0];
            return within;
        });
        return version[0];
    }

    @Override
    public KeptHead head(String workspace, OptionalLong version) {
        long[] timeMs = new long[1];
        WorkspaceImage image = fold(workspace, version, operation -> timeMs[0] = operation.timeMs());
        return new KeptHead(workspace, image.version(), image.hash().hex(), timeMs[0]);
    }

    @Override
    public List<BlameRun> blame(String workspace, String path, OptionalLong version) {
        BlameFold blame = new BlameFold();
        WorkspaceImage image = fold(workspace, version, blame::accept);
        FileImage file = image.fileAt(path).orElseThrow(() -> unknown(path, image));
        return blame.runs(file.file(), file.text());
    }

    /**
     * {@return a workspace as of a version}
     *
     * @param workspace the workspace's name
     * @param version   the version; empty for the newest
     */
    public WorkspaceImage image(String workspace, OptionalLong version) {
        if (version.isEmpty()) {
            return fold(workspace, version, operation -> { });
        }
        String key = workspace + "@" + version.getAsLong();
        WorkspaceImage image = kept.get(key);
        if (image == null) {
            image = fold(workspace, version, operation -> { });
            kept.put(key, image);
        }
        return image;
    }

    /** The workspace as of a version; the receiver is given all operations that led there. */
    private WorkspaceImage fold(String workspace, OptionalLong version, Consumer<CanonicalOperation> receiver) {
        if (version.isPresent() && version.getAsLong() == 0) {
            return WorkspaceImage.empty(workspace);
        }
        return require(fold(workspace, (operation, now) -> {
            receiver.accept(operation);
            return version.isEmpty() || operation.version() < version.getAsLong();
        }), version);
    }

    /**
     * {@return the image, where it reaches a version}
     *
     * @param image   a workspace
     * @param version the version it must be as of; empty for any
     */
    public static WorkspaceImage require(WorkspaceImage image, OptionalLong version) {
        if (version.isPresent() && image.version() < version.getAsLong()) {
            throw new CliException(ExitCode.REFUSED, "BASE_IN_FUTURE", "version " + version.getAsLong() + " of "
                + image.workspace() + " does not exist yet (the newest is " + image.version() + ")", null);
        }
        return image;
    }

    /** {@return the topics this reads} */
    public WorkspaceLog log() {
        return log;
    }

    /** Takes operations while a workspace is folded. */
    public interface Visitor {
        /**
         * Takes the next operation.
         *
         * @param operation the operation
         * @param image     the workspace right after it
         * @return whether to go on
         */
        boolean visit(CanonicalOperation operation, WorkspaceImage image);
    }

    /**
     * Runs a workspace's raw log through the engine from its beginning.
     *
     * @param workspace the workspace's name
     * @param visitor   takes each operation
     * @return the workspace where the visitor stopped, or as of now
     */
    public WorkspaceImage fold(String workspace, Visitor visitor) {
        RawFold fold = limits.fold(workspace);
        try (Progress bar = progress == null ? null : progress.apply(log.rawMax(workspace))) {
            Iterator<RawRecord> records = log.raw(workspace);
            while (records.hasNext()) {
                RawRecord record = records.next();
                CanonicalOperation operation = record.submission() == null ? null : fold.accept(record.submission());
                if (operation != null && !visitor.visit(operation, fold.image())) {
                    break;
                }
                if (bar != null) {
                    bar.advance(1);
                }
            }
        }
        return fold.image();
    }

    private static CliException unknown(String path, WorkspaceImage image) {
        return new CliException(ExitCode.REFUSED, "UNKNOWN_FILE", "there is no file " + path + " at version "
            + image.version() + " of " + image.workspace(), "heddle ls " + image.workspace() + " shows the files");
    }

    @Override
    public void close() {
        log.close();
    }
}
