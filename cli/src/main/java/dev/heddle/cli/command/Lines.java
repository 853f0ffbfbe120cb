package dev.heddle.cli.command;

import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.render.Count;
import dev.heddle.cli.render.Style;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.topic.LogPosition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One line per operation, for people. Pure. */
final class Lines {

    private static final int MAX_SHOWN = 40;
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Lines() {
    }

    static String time(long timeMs) {
        return TIME.format(Instant.ofEpochMilli(timeMs));
    }

    static String line(LoggedOperation operation, Style style) {
        return style.yellow("v" + operation.version()) + " " + style.dim(time(operation.timeMs())) + " "
            + style.author(operation.author()) + " " + subject(operation)
            + summary(operation, style);
    }

    /** A renaming names its path itself. */
    private static String subject(LoggedOperation operation) {
        return operation.path() == null || operation.operation() instanceof Operation.Rename ? ""
            : operation.path() + ": ";
    }

    static String raw(RawRecord record, Style style) {
        String start = style.yellow("#" + LogPosition.text(record.offset())) + " "
            + style.dim(time(record.timeMs())) + " ";
        Submission submission = record.submission();
        if (submission == null) {
            return start + style.red("unreadable: " + record.problem());
        }
        return start + style.author(submission.author() == null ? "anonymous" : submission.author()) + " "
            + style.dim(submission.session() + "/" + submission.seq() + " on " + submission.base()
            + (submission.after() == null ? "" : "+" + submission.after())) + " "
            + summary(submission.operation(), style);
    }

    static String summary(LoggedOperation logged, Style style) {
        return summary(logged.operation(), style);
    }

    private static String summary(Operation operation, Style style) {
        if (operation instanceof Operation.Edit edit) {
            if (edit.changes().isEmpty()) {
                return style.dim("edit that came to nothing");
            }
            Change change = edit.changes().get(0);
            String more = edit.changes().size() > 1 ? style.dim(" and " + (edit.changes().size() - 1) + " more") : "";
            return style.dim("at " + change.at()) + deleted(change, style)
                + (change.insert().isEmpty() ? "" : " " + style.green("+" + shown(change.insert()))) + more;
        }
        if (operation instanceof Operation.Replace replace) {
            return "replace " + style.red(shown(replace.anchor().find())) + " with "
                + style.green(shown(replace.anchor().with()));
        }
        if (operation instanceof Operation.Create create) {
            return "created with " + Count.of(create.text().codePointCount(0, create.text().length()), "code point");
        }
        if (operation instanceof Operation.Rename rename) {
            return "renamed to " + rename.to();
        }
        return operation instanceof Operation.Delete ? style.red("deleted") : style.dim("noop");
    }

    private static String deleted(Change change, Style style) {
        if (change.delete() == 0) {
            return "";
        }
        return " " + style.red("-" + (change.deleted() == null ? Count.of(change.delete(), "code point")
            : shown(change.deleted())));
    }

    /** {@return the text in quotes, shortened, with what would disturb a terminal escaped} */
    static String shown(String text) {
        StringBuilder line = new StringBuilder("\"");
        int count = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (++count > MAX_SHOWN) {
                return line + "…\"";
            }
            if (point == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(point)) {
                line.append(String.format("\\u%04x", point));
            } else {
                line.appendCodePoint(point);
            }
        }
        return line + "\"";
    }
}
