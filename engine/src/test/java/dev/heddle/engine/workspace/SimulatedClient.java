package dev.heddle.engine.workspace;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A writer with a text of its own, ahead of what it has heard. It either keeps one operation in flight and composes the
 * rest, or sends each at once, chained. Every character it types is one nobody else ever types.
 */
final class SimulatedClient {

    /** An operation on its way: its number, its context as sent, and itself, moved over what was heard since. */
    private static final class Pending {
        private Submission submission;
        private TextOperation operation;
    }

    final String session;
    final boolean chaining;
    Text text;
    /** Versions heard. */
    long version;
    final BitSet typed = new BitSet();
    final BitSet deleted = new BitSet();
    /** For a character, those that its author could see when typing it. */
    final Map<Integer, BitSet> seen = new HashMap<>();
    /** For a character, the one its author typed directly after it. */
    final Map<Integer, Integer> successors = new HashMap<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private TextOperation buffer;
    private long nextSeq = 1;
    private int lastTyped;

    SimulatedClient(int number, boolean chaining, Text text, long version) {
        this.session = Workbench.session(number);
        this.chaining = chaining;
        this.text = text;
        this.version = version;
    }

    boolean idle() {
        return pending.isEmpty() && buffer == null;
    }

    /** Types or deletes at once in its own text. */
    void type(Choices choices, boolean insertOnly, int character) {
        int length = text.lengthCodePoints();
        int at = choices.below(length + 1);
        if (lastTyped != 0 && !choices.once(4)) {
            int[] found = text.find(Character.toString(lastTyped), false, 1);
            at = found.length == 1 ? found[0] + 1 : at;
        }
        int delete = insertOnly || !choices.once(3) ? 0 : Math.min(length - at, 1 + choices.below(3));
        boolean insert = delete == 0 || choices.once(3);
        List<Change> changes = List.of(new Change(at, delete, insert ? Character.toString(character) : ""));
        text.substring(at, at + delete).codePoints().forEach(deleted::set);
        if (insert) {
            typed.set(character);
            BitSet visible = new BitSet();
            text.toString().codePoints().forEach(visible::set);
            seen.put(character, visible);
            if (lastTyped != 0 && at > 0 && text.substring(at - 1, at).codePointAt(0) == lastTyped) {
                successors.putIfAbsent(lastTyped, character);
            }
            lastTyped = character;
        }
        apply(Changes.toOperation(changes, length));
    }

    /** Types what somebody once typed, as far as its own text reaches. */
    void type(List<Change> changes) {
        int length = text.lengthCodePoints();
        List<Change> within = new ArrayList<>();
        for (Change change : changes) {
            int at = Math.min(change.at(), length);
            within.add(new Change(at, Math.min(change.delete(), length - at), change.insert()));
        }
        apply(Changes.toOperation(within, length));
    }

    private void apply(TextOperation operation) {
        text = text.apply(operation);
        buffer = buffer == null ? operation : TextOperations.compose(buffer, operation);
    }

    /** What is to be sent now, or null. */
    Submission send() {
        if (buffer == null || !chaining && !pending.isEmpty()) {
            return null;
        }
        Pending sent = new Pending();
        Long after = chaining && nextSeq > 1 ? (Long) (nextSeq - 1) : null;
        sent.operation = buffer;
        sent.submission = new Submission(session, nextSeq++, version, after, "someone",
            new Operation.Edit(Workbench.byId(), Changes.toChanges(buffer, null)), 0, 0);
        pending.add(sent);
        buffer = null;
        return sent.submission;
    }

    /** All that was sent and not heard of since: sent again after a broken connection. */
    List<Submission> resend() {
        return pending.stream().map(each -> each.submission).toList();
    }

    /** Hears the next version. */
    void hear(CanonicalOperation operation) {
        if (operation.version() != version + 1) {
            throw new AssertionError("heard version " + operation.version() + " after " + version);
        }
        version = operation.version();
        if (!(operation.operation() instanceof Operation.Edit edit)) {
            return;
        }
        if (operation.session().equals(session)) {
            Pending own = pending.removeFirst();
            if (own.submission.seq() != operation.seq()) {
                throw new AssertionError("acknowledged seq " + operation.seq() + " before " + own.submission.seq());
            }
            if (!Changes.toOperation(edit.changes(), own.operation.baseLength()).equals(own.operation)) {
                throw new AssertionError("committed " + edit + " (expected: " + own.operation + ")");
            }
            return;
        }
        hearForeign(Changes.toOperation(edit.changes(), serverLength()));
    }

    /** Length of the text as of the version heard, on which what is heard next stands. */
    private int serverLength() {
        return !pending.isEmpty() ? pending.peekFirst().operation.baseLength()
            : buffer != null ? buffer.baseLength() : text.lengthCodePoints();
    }

    private void hearForeign(TextOperation heard) {
        TextOperation foreign = heard;
        for (Pending own : pending) {
            TextOperation moved = TextOperations.transform(foreign, own.operation, Side.RIGHT);
            own.operation = TextOperations.transform(own.operation, foreign, Side.LEFT);
            foreign = moved;
        }
        if (buffer != null) {
            TextOperation moved = TextOperations.transform(foreign, buffer, Side.RIGHT);
            buffer = TextOperations.transform(buffer, foreign, Side.LEFT);
            foreign = moved;
        }
        text = text.apply(foreign);
    }

    /** Hears what others did from the next version on, up to its own next operation, as one composed operation. */
    void catchUp(List<CanonicalOperation> next) {
        TextOperation composed = TextOperation.noop(serverLength());
        for (CanonicalOperation operation : next) {
            if (operation.session().equals(session)) {
                break;
            }
            version = operation.version();
            Operation.Edit edit = (Operation.Edit) operation.operation();
            composed = TextOperations.compose(composed, Changes.toOperation(edit.changes(), composed.targetLength()));
        }
        hearForeign(composed);
    }

    static List<Integer> characters(Text text) {
        List<Integer> characters = new ArrayList<>();
        text.toString().codePoints().forEach(characters::add);
        return characters;
    }
}
