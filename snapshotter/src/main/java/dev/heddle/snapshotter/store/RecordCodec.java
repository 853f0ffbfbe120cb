package dev.heddle.snapshotter.store;

import dev.heddle.CanonicalOp;
import dev.heddle.Snapshot;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Origin;
import dev.heddle.engine.workspace.TextRun;
import dev.heddle.engine.workspace.TextRuns;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.fold.FileState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/** Bytes of the two topics to values and back. Any thread, as far as the serdes allow it. */
public final class RecordCodec {

    private final Deserializer<CanonicalOp> operations;
    private final Serde<Snapshot> snapshots;
    private final RecordLayout layout;

    /**
     * A codec over the given serdes.
     *
     * @param operations reads records of the canonical topic
     * @param snapshots  reads and writes records of the snapshot topic
     */
    public RecordCodec(Deserializer<CanonicalOp> operations, Serde<Snapshot> snapshots) {
        this(operations, snapshots, null);
    }

    /**
     * A codec over the given serdes that can read operations in part too.
     *
     * @param operations reads records of the canonical topic
     * @param snapshots  reads and writes records of the snapshot topic
     * @param layout     tells which of the former are laid out as today; null where none are known to be
     */
    public RecordCodec(Deserializer<CanonicalOp> operations, Serde<Snapshot> snapshots, RecordLayout layout) {
        this.operations = operations;
        this.snapshots = snapshots;
        this.layout = layout;
    }

    /** {@return a reader of what operations say of files, for one walk over many} */
    TouchReader touches() {
        return new TouchReader(layout, this::operation);
    }

    /**
     * {@return an operation of the canonical topic}
     *
     * @param value the record's value, never null
     * @throws RuntimeException where the bytes are not such a record
     */
    public CanonicalOperation operation(byte[] value) {
        return OperationCodec.canonical(operations.deserialize(Topics.CANONICAL, value));
    }

    /**
     * {@return a snapshot of the snapshot topic}
     *
     * @param value the record's value, never null
     * @throws RuntimeException where the bytes are not such a record
     */
    public StoredSnapshot snapshot(byte[] value) {
        Snapshot record = snapshots.deserializer().deserialize(Topics.SNAPSHOTS, value);
        boolean deleted = record.getDeleted();
        String text = deleted && record.getDeletedText() != null ? record.getDeletedText() : record.getText();
        Text rope = Text.of(text);
        FileState state = new FileState(record.getFile(), record.getPath(), deleted, record.getFileVersion(), rope,
            runs(record, rope.lengthCodePoints()));
        return new StoredSnapshot(record.getWorkspace(), state, record.getVersion(), hash(record.getChainHash()),
            record.getTime(), record.getCovered(), record.getOldest());
    }

    /**
     * {@return the value of a record of the snapshot topic}
     *
     * @param snapshot the snapshot
     */
    public byte[] bytes(StoredSnapshot snapshot) {
        FileState state = snapshot.state();
        Text visible = state.deleted() ? Text.EMPTY : state.text();
        List<dev.heddle.TextOrigin> origins = new ArrayList<>();
        List<dev.heddle.TextRun> runs = new ArrayList<>();
        if (state.runs() != null) {
            Map<Long, Integer> indexByVersion = new HashMap<>();
            for (TextRun run : state.runs().runs()) {
                int index = indexByVersion.computeIfAbsent(run.origin().version(), version -> {
                    Origin origin = run.origin();
                    origins.add(new dev.heddle.TextOrigin(version, origin.author(), origin.session(),
                        origin.timeMs()));
                    return origins.size() - 1;
                });
                runs.add(new dev.heddle.TextRun(run.length(), index));
            }
        }
        Snapshot record = Snapshot.newBuilder()
            .setWorkspace(snapshot.workspace())
            .setFile(state.file())
            .setPath(state.path())
            .setDeleted(state.deleted())
            .setVersion(snapshot.version())
            .setFileVersion(state.version())
            .setText(visible.toString())
            .setHash(ByteBuffer.wrap(Hash.ofHex(visible.sha256Hex()).bytes()))
            .setChainHash(ByteBuffer.wrap(snapshot.chainHash().bytes()))
            .setTime(snapshot.timeMs())
            .setCovered(snapshot.covered())
            .setOldest(snapshot.oldest())
            .setDeletedText(state.deleted() ? state.text().toString() : null)
            .setOrigins(origins)
            .setRuns(runs)
            .build();
        return snapshots.serializer().serialize(Topics.SNAPSHOTS, record);
    }

    private static TextRuns runs(Snapshot record, int length) {
        List<TextRun> runs = new ArrayList<>(record.getRuns().size());
        List<Origin> origins = record.getOrigins().stream()
            .map(origin -> new Origin(origin.getVersion(), origin.getAuthor(), origin.getSession(), origin.getTime()))
            .toList();
        for (dev.heddle.TextRun run : record.getRuns()) {
            runs.add(new TextRun(run.getLength(), origins.get(run.getOrigin())));
        }
        TextRuns known = TextRuns.of(runs);
        // A snapshot by another writer may know nothing of runs; then blame says so instead of guessing.
        return known.length() == length ? known : null;
    }

    private static Hash hash(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Hash.of(bytes);
    }
}
