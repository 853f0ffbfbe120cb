package dev.heddle.schemas.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.engine.workspace.Limits;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The limits operations are decided under, in one place: whoever decides on a raw log (transformer), or decides on it
 * again (snapshotter, command line), must read the same settings the same way or comes to another history.
 */
public final class LimitsConfig {

    /** Longest text of a file. */
    public static final String FILE_CODE_POINTS = "heddle.file.code.points.max";
    /** Longest text of all files of a workspace. */
    public static final String WORKSPACE_CODE_POINTS = "heddle.workspace.code.points.max";
    /** Files of a workspace. */
    public static final String FILES = "heddle.workspace.files.max";
    /** Files ever created in a workspace. */
    public static final String FILE_IDS = "heddle.workspace.file.ids.max";
    /** Text that an operation may put in and take out. */
    public static final String OPERATION_CODE_POINTS = "heddle.operation.code.points.max";
    /** Changes of an operation. */
    public static final String CHANGES = "heddle.operation.changes.max";
    /** Length of an author's name. */
    public static final String AUTHOR_CODE_POINTS = "heddle.author.code.points.max";
    /** Sessions remembered. */
    public static final String SESSIONS = "heddle.sessions.max";
    /** Answers remembered of a session. */
    public static final String SESSION_ANSWERS = "heddle.session.answers.max";
    /** Answers and unseen edits remembered of all sessions together. */
    public static final String SESSION_ENTRIES = "heddle.session.entries.max";
    /** Operations of others that a chained operation may be brought over. */
    public static final String CHAIN_OPERATIONS = "heddle.chain.operations.max";

    /** Versions of a workspace that stay readable and that an operation may stand on. */
    public static final String HISTORY_VERSIONS = "heddle.history.versions.max";

    private LimitsConfig() {
    }

    /** {@return the names of the limits} */
    public static List<String> names() {
        return List.of(FILE_CODE_POINTS, WORKSPACE_CODE_POINTS, FILES, FILE_IDS, OPERATION_CODE_POINTS, CHANGES,
            AUTHOR_CODE_POINTS, SESSIONS, SESSION_ANSWERS, SESSION_ENTRIES, CHAIN_OPERATIONS);
    }

    /**
     * {@return the definition with the limits added}
     *
     * @param definition where to add them
     * @param same       appended to each description: whose settings these must equal
     */
    public static ConfigDef define(ConfigDef definition, String same) {
        Limits limits = Limits.DEFAULT;
        return definition
            .define(FILE_CODE_POINTS, Type.INT, limits.fileCodePointsMax(), between(1, 1 << 28), Importance.MEDIUM,
                "Longest text of a file, in code points." + same)
            .define(WORKSPACE_CODE_POINTS, Type.LONG, limits.workspaceCodePointsMax(), atLeast(1), Importance.MEDIUM,
                "Longest text of all files of a workspace together, in code points." + same)
            .define(FILES, Type.INT, limits.filesMax(), atLeast(1), Importance.MEDIUM,
                "Files a workspace may hold." + same)
            .define(FILE_IDS, Type.INT, limits.fileIdsMax(), atLeast(1), Importance.LOW,
                "Files that may ever be created in a workspace, deleted ones included." + same)
            .define(OPERATION_CODE_POINTS, Type.INT, limits.operationCodePointsMax(), between(1, 1 << 28),
                Importance.MEDIUM, "Text that one operation may put in and take out, in code points." + same)
            .define(CHANGES, Type.INT, limits.changesMax(), atLeast(1), Importance.LOW,
                "Changes of one operation." + same)
            .define(AUTHOR_CODE_POINTS, Type.INT, limits.authorCodePointsMax(), atLeast(1), Importance.LOW,
                "Longest name of an author, in code points." + same)
            .define(SESSIONS, Type.INT, limits.sessionsMax(), between(1, 1 << 24), Importance.LOW,
                "Sessions of a workspace whose operations are told from repeats; the one longest unused goes first."
                    + same)
            .define(SESSION_ANSWERS, Type.INT, limits.answersPerSessionMax(), between(1, 1 << 20), Importance.LOW,
                "Newest operations of a session that get the same answer when they are sent again." + same)
            .define(SESSION_ENTRIES, Type.INT, limits.sessionEntriesMax(), atLeast(1), Importance.LOW,
                "Answers and unseen edits that all sessions of a workspace may hold together; above it the session "
                    + "longest unused is forgotten." + same)
            .define(CHAIN_OPERATIONS, Type.INT, limits.chainOperationsMax(), atLeast(1), Importance.LOW,
                "Operations of others that one operation with `after` may be brought over." + same)
            .define(HISTORY_VERSIONS, Type.INT, limits.historyVersionsMax(), atLeast(1), Importance.MEDIUM,
                "Newest versions of a workspace that the base of an operation may lie behind, that answers to resends "
                    + "are kept for and that stay in `heddle.canonical`; older ones are removed there once durable "
                    + "snapshots hold them. The same for all services.");
    }

    /**
     * {@return the limits as set, with the history held in memory still at its default}
     *
     * @param config settings that hold those of this class
     */
    public static Limits.Builder read(AbstractConfig config) {
        return Limits.builder()
            .fileCodePointsMax(config.getInt(FILE_CODE_POINTS))
            .workspaceCodePointsMax(config.getLong(WORKSPACE_CODE_POINTS))
            .filesMax(config.getInt(FILES))
            .fileIdsMax(config.getInt(FILE_IDS))
            .operationCodePointsMax(config.getInt(OPERATION_CODE_POINTS))
            .changesMax(config.getInt(CHANGES))
            .authorCodePointsMax(config.getInt(AUTHOR_CODE_POINTS))
            .sessionsMax(config.getInt(SESSIONS))
            .answersPerSessionMax(config.getInt(SESSION_ANSWERS))
            .sessionEntriesMax(config.getInt(SESSION_ENTRIES))
            .chainOperationsMax(config.getInt(CHAIN_OPERATIONS))
            .historyVersionsMax(config.getInt(HISTORY_VERSIONS));
    }
}
