package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.history.RawFold;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.schemas.codec.CanonicalSize;
import dev.heddle.schemas.config.LimitsConfig;
import dev.heddle.schemas.serde.RecordLayout;
import dev.heddle.schemas.topic.Topics;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The limits a transformer decides under: whoever runs a raw log again must use the same ones, or an operation that was
 * refused is accepted here.
 *
 * @param limits         what the engine refuses
 * @param recordBytesMax the largest record the transformer writes, in bytes
 */
public record SequencingLimits(Limits limits, int recordBytesMax) {

    /** The defaults of every setting. */
    public static final SequencingLimits DEFAULT = new SequencingLimits(Limits.DEFAULT, Topics.MAX_MESSAGE_BYTES);

    /** Checks that the limits are there. */
    public SequencingLimits {
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * {@return the limits a transformer with these settings decides under}
     *
     * @param settings the transformer's settings by name; what is not set has its default
     */
    public static SequencingLimits of(Map<String, String> settings) {
        Limits d = Limits.DEFAULT;
        Reader read = new Reader(settings);
        return new SequencingLimits(Limits.builder()
            .fileCodePointsMax(read.of(LimitsConfig.FILE_CODE_POINTS, d.fileCodePointsMax(), Integer::valueOf))
            .workspaceCodePointsMax(read.of(LimitsConfig.WORKSPACE_CODE_POINTS, d.workspaceCodePointsMax(),
                Long::valueOf))
            .filesMax(read.of(LimitsConfig.FILES, d.filesMax(), Integer::valueOf))
            .fileIdsMax(read.of(LimitsConfig.FILE_IDS, d.fileIdsMax(), Integer::valueOf))
            .operationCodePointsMax(read.of(LimitsConfig.OPERATION_CODE_POINTS, d.operationCodePointsMax(),
                Integer::valueOf))
            .changesMax(read.of(LimitsConfig.CHANGES, d.changesMax(), Integer::valueOf))
            .authorCodePointsMax(read.of(LimitsConfig.AUTHOR_CODE_POINTS, d.authorCodePointsMax(), Integer::valueOf))
            .historyVersionsMax(read.of(LimitsConfig.HISTORY_VERSIONS, d.historyVersionsMax(), Integer::valueOf))
            .sessionsMax(read.of(LimitsConfig.SESSIONS, d.sessionsMax(), Integer::valueOf))
            .answersPerSessionMax(read.of(LimitsConfig.SESSION_ANSWERS, d.answersPerSessionMax(), Integer::valueOf))
            .sessionEntriesMax(read.of(LimitsConfig.SESSION_ENTRIES, d.sessionEntriesMax(), Integer::valueOf))
            .chainOperationsMax(read.of(LimitsConfig.CHAIN_OPERATIONS, d.chainOperationsMax(), Integer::valueOf))
            .build(), read.of("heddle.record.max.bytes", Topics.MAX_MESSAGE_BYTES, Integer::valueOf));
    }

    private record Reader(Map<String, String> settings) {
        <T> T of(String name, T otherwise, Function<String, T> reading) {
            String value = settings.get(name);
            try {
                return value == null ? otherwise : reading.apply(value.trim());
            } catch (NumberFormatException error) {
                throw CliException.usage("setting " + name + " is " + value + " (expected: a whole number)");
            }
        }
    }

    /**
     * {@return a workspace before its first operation, under these limits}
     *
     * @param workspace its name
     */
    public RawFold fold(String workspace) {
        CanonicalBytes bytes = new CanonicalBytes();
        CanonicalSize size = new CanonicalSize(operation -> RecordLayout.PREFIX_BYTES + bytes.apply(operation).length,
            recordBytesMax);
        return new RawFold(workspace, limits, size::exceeded);
    }
}
