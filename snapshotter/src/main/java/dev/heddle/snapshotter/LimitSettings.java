package dev.heddle.snapshotter;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.engine.workspace.Limits;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The limits that the transformer decides under, by the transformer's names: the snapshotter decides again what it
 * rebuilds from raw logs, and must come to the same.
 */
final class LimitSettings {

    private static final String FILE_CODE_POINTS = "heddle.file.code.points.max";
    private static final String WORKSPACE_CODE_POINTS = "heddle.workspace.code.points.max";
    private static final String FILES = "heddle.workspace.files.max";
    private static final String FILE_IDS = "heddle.workspace.file.ids.max";
    private static final String OPERATION_CODE_POINTS = "heddle.operation.code.points.max";
    private static final String CHANGES = "heddle.operation.changes.max";
    private static final String AUTHOR_CODE_POINTS = "heddle.author.code.points.max";
    private static final String SESSIONS = "heddle.sessions.max";
    private static final String SESSION_ANSWERS = "heddle.session.answers.max";
    private static final String CHAIN_OPERATIONS = "heddle.chain.operations.max";

    private LimitSettings() {
    }

    /**
     * {@return the definition with the limits added}
     *
     * @param definition where to add them
     */
    static ConfigDef define(ConfigDef definition) {
        Limits limits = Limits.DEFAULT;
        String same = " As set for the transformers.";
        return definition
            .define(FILE_CODE_POINTS, Type.INT, limits.fileCodePointsMax(), between(1, 1 << 28), Importance.LOW,
                "Longest text of a file, in code points." + same)
            .define(WORKSPACE_CODE_POINTS, Type.LONG, limits.workspaceCodePointsMax(), atLeast(1), Importance.LOW,
                "Longest text of all files of a workspace together, in code points." + same)
            .define(FILES, Type.INT, limits.filesMax(), atLeast(1), Importance.LOW,
                "Files a workspace may hold." + same)
            .define(FILE_IDS, Type.INT, limits.fileIdsMax(), atLeast(1), Importance.LOW,
                "Files that may ever be created in a workspace, deleted ones included." + same)
            .define(OPERATION_CODE_POINTS, Type.INT, limits.operationCodePointsMax(), between(1, 1 << 28),
                Importance.LOW, "Text that one operation may put in and take out, in code points." + same)
            .define(CHANGES, Type.INT, limits.changesMax(), atLeast(1), Importance.LOW,
                "Changes of one operation." + same)
            .define(AUTHOR_CODE_POINTS, Type.INT, limits.authorCodePointsMax(), atLeast(1), Importance.LOW,
                "Longest name of an author, in code points." + same)
            .define(SESSIONS, Type.INT, limits.sessionsMax(), between(1, 1 << 24), Importance.LOW,
                "Sessions of a workspace whose operations are told from repeats." + same)
            .define(SESSION_ANSWERS, Type.INT, limits.answersPerSessionMax(), between(1, 1 << 20), Importance.LOW,
                "Newest operations of a session that get the same answer when they are sent again." + same)
            .define(CHAIN_OPERATIONS, Type.INT, limits.chainOperationsMax(), atLeast(1), Importance.LOW,
                "Operations of others that one operation with `after` may be brought over." + same);
    }

    /**
     * {@return the limits}
     *
     * @param config settings with those of this class
     */
    static Limits limits(AbstractConfig config) {
        return Limits.builder()
            .fileCodePointsMax(config.getInt(FILE_CODE_POINTS))
            .workspaceCodePointsMax(config.getLong(WORKSPACE_CODE_POINTS))
            .filesMax(config.getInt(FILES))
            .fileIdsMax(config.getInt(FILE_IDS))
            .operationCodePointsMax(config.getInt(OPERATION_CODE_POINTS))
            .changesMax(config.getInt(CHANGES))
            .authorCodePointsMax(config.getInt(AUTHOR_CODE_POINTS))
            .historyVersionsMax((int) Math.min(Integer.MAX_VALUE, config.getLong(SnapshotterConfig.HISTORY_VERSIONS)))
            .sessionsMax(config.getInt(SESSIONS))
            .answersPerSessionMax(config.getInt(SESSION_ANSWERS))
            .chainOperationsMax(config.getInt(CHAIN_OPERATIONS))
            .build();
    }
}
