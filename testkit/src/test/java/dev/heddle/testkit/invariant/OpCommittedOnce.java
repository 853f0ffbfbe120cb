package dev.heddle.testkit.invariant;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation takes one version, by its session and number and by what it says: writers mark all that they type,
 * {@code ‹n›}.
 */
public final class OpCommittedOnce implements Invariant {

    /** An invariant of one run. */
    public OpCommittedOnce() {
    }

    private static final Pattern MARK = Pattern.compile("‹[^‹›]+›");

    private final Map<String, Long> versions = new HashMap<>();

    @Override
    public void committed(Chronicle seen, CanonicalOperation operation, byte[] value) {
        once(operation, "operation " + operation.seq() + " of session " + operation.session());
        if (operation.operation() instanceof Operation.Edit edit) {
            for (Change change : edit.changes()) {
                Matcher mark = MARK.matcher(change.insert());
                while (mark.find()) {
                    once(operation, "text " + mark.group());
                }
            }
        }
    }

    private void once(CanonicalOperation operation, String what) {
        Long before = versions.putIfAbsent(operation.workspace() + ": " + what, operation.version());
        if (before != null && before != operation.version()) {
            throw new InvariantBroken(name(), what + " took version " + operation.version() + " of workspace "
                + operation.workspace() + " (expected: only " + before + ")");
        }
    }
}
