package dev.heddle.gateway;

import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.PathRules;
import dev.heddle.schemas.config.LimitsConfig;
import dev.heddle.schemas.topic.Topics;
import org.apache.kafka.common.config.ConfigDef;

/** The page of all limits: each with its value, where to change it, and what whoever hits it is told. */
final class LimitsPage {

    private final StringBuilder page = new StringBuilder("""
        # Limits

        Generated from the code; do not edit. Everything that could grow has a limit; whoever hits one is told so by a
        typed error; nobody else notices. `retryAfterMs` in a rejection says how long to wait.

        | what | limit | setting | who hits it is told |
        | --- | --- | --- | --- |
        """);

    private LimitsPage() {
    }

    static String text() {
        LimitsPage page = new LimitsPage();
        page.edge();
        page.engine(Limits.DEFAULT);
        return page.page.toString();
    }

    private void edge() {
        own("client message, JSON body", GatewayConfig.MESSAGE_BYTES,
            "socket: `error TOO_LARGE`, close 4413; REST: 413 `TOO_LARGE`");
        own("text of a PUT", GatewayConfig.TEXT_BYTES, "413 `TOO_LARGE`");
        own("workspaces", GatewayConfig.WORKSPACES_MAX, "429 `LIMIT_REACHED`");
        own("sockets per gateway; as many followers", GatewayConfig.SOCKETS_MAX, "socket: `error LIMIT_REACHED`, close "
            + "4557; follower: 429 `LIMIT_REACHED`");
        own("sockets and followers per workspace", GatewayConfig.WORKSPACE_SOCKETS_MAX,
            "`error LIMIT_REACHED`, close 4557");
        own("operations of a session in flight", GatewayConfig.IN_FLIGHT_MAX, "`rejected LIMIT_REACHED`, retriable");
        own("operations per second of a session", GatewayConfig.RATE_MAX,
            "`rejected LIMIT_REACHED` with `retryAfterMs`");
        own("operations of a session at once", GatewayConfig.BURST_MAX, "`rejected LIMIT_REACHED` with `retryAfterMs`");
        own("opens of a socket under way", GatewayConfig.OPENS_MAX, "`error LIMIT_REACHED` naming the file; no close");
        own("messages of a socket under way before no more is read from it", GatewayConfig.UNDER_WAY_MAX,
            "nobody: what it sends waits on the wire, so that others' operations do not queue up behind it");
        own("messages waiting for a socket", GatewayConfig.QUEUE_MESSAGES_MAX, "close 4509; it resumes by version");
        own("bytes waiting for a socket", GatewayConfig.QUEUE_BYTES, "close 4509; it resumes by version");
        own("silence of a client", GatewayConfig.SILENCE_MS, "close 4508");
        own("time until hello", GatewayConfig.HELLO_MS, "`error HELLO_TIMEOUT`, close 4408");
        own("wait for an answer", GatewayConfig.DEADLINE_MS, "503 `UNAVAILABLE`, saying that it may still be applied");
        own("wait for the log", GatewayConfig.DELIVERY_MS, "`rejected UNAVAILABLE`, retriable with the same seq");
        own("recent operations in memory per workspace", GatewayConfig.RING_OPERATIONS_MAX,
            "nobody: older ones are read from the snapshotter");
        row("record of an operation", Topics.MAX_MESSAGE_BYTES + " bytes", "topic `max.message.bytes`",
            "`rejected UNAVAILABLE`");
    }

    private void engine(Limits limits) {
        row("path", PathRules.PATH_CODE_POINTS_MAX + " code points", "fixed", "`PATH_INVALID`");
        sequencing("file", limits.fileCodePointsMax() + " code points", LimitsConfig.FILE_CODE_POINTS, "`TOO_LARGE`");
        sequencing("all files of a workspace", limits.workspaceCodePointsMax() + " code points",
            LimitsConfig.WORKSPACE_CODE_POINTS, "`TOO_LARGE`");
        sequencing("files of a workspace", Integer.toString(limits.filesMax()), LimitsConfig.FILES, "`LIMIT_REACHED`");
        sequencing("files a workspace ever had", Integer.toString(limits.fileIdsMax()), LimitsConfig.FILE_IDS,
            "`LIMIT_REACHED`");
        sequencing("text of one operation", limits.operationCodePointsMax() + " code points",
            LimitsConfig.OPERATION_CODE_POINTS, "`TOO_LARGE`");
        sequencing("changes of one operation", Integer.toString(limits.changesMax()), LimitsConfig.CHANGES,
            "`TOO_LARGE`");
        sequencing("name of an author", limits.authorCodePointsMax() + " code points",
            LimitsConfig.AUTHOR_CODE_POINTS, "`TOO_LARGE`");
        sequencing("versions an operation may be behind", Integer.toString(limits.historyVersionsMax()),
            LimitsConfig.HISTORY_VERSIONS, "`BASE_TOO_OLD`");
        sequencing("sessions remembered per workspace", Integer.toString(limits.sessionsMax()), LimitsConfig.SESSIONS,
            "a later resend of a forgotten session is `SEQ_GAP` or `BASE_TOO_OLD`");
        sequencing("answers remembered per session", Integer.toString(limits.answersPerSessionMax()),
            LimitsConfig.SESSION_ANSWERS, "an older resend is `SEQ_REUSED`");
        sequencing("answers and unseen edits remembered of all sessions", Integer.toString(limits.sessionEntriesMax()),
            LimitsConfig.SESSION_ENTRIES, "a later resend of a forgotten session is `SEQ_GAP` or `BASE_TOO_OLD`");
        sequencing("operations of others that one with `after` is brought over",
            Integer.toString(limits.chainOperationsMax()), LimitsConfig.CHAIN_OPERATIONS, "`LIMIT_REACHED`");
    }

    /** Limits that say what the log means: the same for all transformers and snapshotters. */
    private void sequencing(String what, String limit, String setting, String answer) {
        row(what, limit, '`' + setting + "` (transformers)", answer);
    }

    private void own(String what, String setting, String answer) {
        ConfigDef.ConfigKey key = GatewayConfig.definition().configKeys().get(setting);
        String unit = setting.endsWith(".bytes") ? " bytes" : setting.endsWith(".ms") ? " ms" : "";
        row(what, key.defaultValue + unit, '`' + setting + '`', answer);
    }

    private void row(String what, String limit, String setting, String answer) {
        page.append("| ").append(what).append(" | ").append(limit).append(" | ").append(setting).append(" | ")
            .append(answer).append(" |\n");
    }
}
