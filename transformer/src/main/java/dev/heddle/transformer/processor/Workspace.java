package dev.heddle.transformer.processor;

import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.topic.LogPosition;
import dev.heddle.transformer.store.LogParts;
import java.util.Objects;

/**
 * One workspace held in memory: the engine's state after its first {@code index} decisions, and where the log stands.
 * One thread at a time.
 */
final class Workspace {

    private final String name;
    private final WorkspaceState state;
    private final int checkpointDecisions;
    private long index;
    private long offset;
    private long textsSince;
    private long textBytes;
    private boolean allTexts;
    private long storedUpTo = -1;
    private long anchor = -1;
    private long pastUpTo = -1;
    private long anchorVersion;
    private long tidiedVersion;
    private long tidiedOffset = -1;
    private long packedTo;
    private long packedAt = -1;
    private long marksForgotten;
    private long answersForgotten = -1;
    private LogParts parts = LogParts.NONE;
    private int committedParts;
    private String broken;

    /**
     * A workspace after so many decisions.
     *
     * @param index      number of decisions made
     * @param offset     offset of the last of them, -1 where there is none
     * @param textsSince workspace version at the checkpoint before
     */
    Workspace(String name, WorkspaceState state, int checkpointDecisions, long index, long offset, long textsSince) {
        this.name = Objects.requireNonNull(name, "name");
        this.state = Objects.requireNonNull(state, "state");
        this.checkpointDecisions = checkpointDecisions;
        this.index = index;
        this.offset = offset;
        this.textsSince = textsSince;
        for (FileImage file : state.image().files()) {
            textBytes += file.text().lengthUtf8Bytes();
        }
    }

    /**
     * Takes the next decision in.
     *
     * @param decidedOffset offset of the decided record
     * @param decision      what the engine decided, or null where the record did not reach the engine
     */
    void apply(long decidedOffset, Decision decision) {
        if (index > 0 && index % checkpointDecisions == 0) {
            textsSince = state.version();
            allTexts = false;
        }
        String file = decision instanceof Decision.Accepted accepted ? accepted.operation().file() : null;
        textBytes -= textBytes(file);
        if (decision != null) {
            state.replay(decision);
        }
        textBytes += textBytes(file);
        index++;
        offset = decidedOffset;
    }

    private long textBytes(String file) {
        return file == null ? 0 : state.image().file(file).map(image -> image.text().lengthUtf8Bytes()).orElse(0L);
    }

    String name() {
        return name;
    }

    WorkspaceState state() {
        return state;
    }

    /** {@return number of decisions made} */
    long index() {
        return index;
    }

    /** {@return offset of the last decided record, or -1} */
    long offset() {
        return offset;
    }

    /**
     * {@return whether the record at a position may be the next one: it lies further on in the same part of the log, or
     * begins the part that follows; anything else was left out in between}
     */
    boolean leadsTo(long position) {
        int part = LogPosition.part(Math.max(0, offset));
        int next = LogPosition.part(position);
        if (position <= offset || next > part + 1) {
            return false;
        }
        return next == part || LogPosition.offset(position) == parts.homes().get(next).fromOffset()
            && parts.fence(part) != null && parts.fence(part).offset() == LogPosition.offset(offset);
    }

    /** {@return whether a checkpoint is due after this many decisions} */
    boolean atCheckpoint() {
        return index % checkpointDecisions == 0;
    }

    /** {@return the workspace version at the checkpoint before this one} */
    long textsSince() {
        return textsSince;
    }

    /** {@return UTF-8 bytes of all live texts} */
    long textBytes() {
        return textBytes;
    }

    /** {@return whether the next checkpoint has to bring all texts, as an earlier one was found without some} */
    boolean allTexts() {
        return allTexts;
    }

    void needAllTexts() {
        allTexts = true;
    }

    /** {@return offset up to which decisions may be stored; beyond it none are} */
    long storedUpTo() {
        return storedUpTo;
    }

    void storedUpTo(long lastOffset) {
        storedUpTo = Math.max(storedUpTo, lastOffset);
    }

    /** {@return offset of the newest checkpoint known to be committed, or -1; nothing after it may be forgotten} */
    long anchor() {
        return anchor;
    }

    /** {@return a version up to which all lies before the anchor} */
    long anchorVersion() {
        return anchorVersion;
    }

    void anchor(long checkpointOffset, long versionBefore) {
        anchor = checkpointOffset;
        anchorVersion = versionBefore;
    }

    /** {@return whether the state is unknown, because the record read lies before all that is kept} */
    boolean past() {
        return pastUpTo >= 0;
    }

    /** {@return offset up to which the state is not known any more, or -1 where it is known} */
    long pastUpTo() {
        return pastUpTo;
    }

    void pastUpTo(long lastOffset) {
        pastUpTo = lastOffset;
    }

    /** {@return version up to which no decision is stored by itself any more; from here on it is looked for some} */
    long tidiedVersion() {
        return tidiedVersion;
    }

    /** {@return offset up to which that is so, or -1} */
    long tidiedOffset() {
        return tidiedOffset;
    }

    void tidied(long version, long upToOffset) {
        tidiedVersion = version;
        tidiedOffset = upToOffset;
    }

    /** {@return last version of the pack that was written last since the workspace was loaded, or 0} */
    long packedTo() {
        return packedTo;
    }

    /** {@return offset of the record beside which that pack was written} */
    long packedAt() {
        return packedAt;
    }

    void packed(long lastVersion) {
        packedTo = lastVersion;
        packedAt = offset;
    }

    /** {@return number of decisions up to which marks are known to be forgotten} */
    long marksForgotten() {
        return marksForgotten;
    }

    void marksForgotten(long index) {
        marksForgotten = index;
    }

    /** {@return offset up to which answers other than versions are known to be forgotten, or -1} */
    long answersForgotten() {
        return answersForgotten;
    }

    void answersForgotten(long upToOffset) {
        answersForgotten = upToOffset;
    }

    /** {@return the parts of its log; none before its first decision} */
    LogParts parts() {
        return parts;
    }

    void parts(LogParts known) {
        parts = known;
    }

    /** {@return how many parts of its log are known to be committed to their ends} */
    int committedParts() {
        return committedParts;
    }

    void committedParts(int count) {
        committedParts = count;
    }

    /** {@return why nothing more can be decided here, or null} */
    String broken() {
        return broken;
    }

    void broken(String reason) {
        broken = reason;
    }
}
