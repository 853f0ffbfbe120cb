package dev.heddle.schemas;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random engine values of every form, with extreme numbers and texts that break careless code. */
public final class Generator {

    private static final List<String> PIECES = List.of("a", "\n", "\r\n", "\u0000", "\"", "\\", "e\u0301", "😀", "👨‍👩‍👧",
        "\uFFFD", "\uFEFF", "ß", "漢", "\u202E", "\u2028", " ", "\t", "{}", "\uD7FF", "\uE000", "\uDBFF\uDFFF");

    private final Random random;

    /** A generator over a source of randomness. */
    public Generator(Random random) {
        this.random = random;
    }

    /** {@return a text of up to a dozen awkward pieces, empty at times} */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** {@return a UUID} */
    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private long from(long least) {
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> Long.MAX_VALUE;
            case 2 -> least + random.nextInt(1000);
            default -> Math.max(least, random.nextLong() & Long.MAX_VALUE);
        };
    }

    private FileReference target(boolean byId) {
        return byId || random.nextBoolean() ? FileReference.ofFile(uuid()) : FileReference.ofPath(text());
    }

    private Anchor anchor() {
        return new Anchor(text(), text(), Anchor.Occurrence.values()[random.nextInt(3)]);
    }

    private List<Change> changes(boolean canonical) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextBoolean() ? random.nextInt() : random.nextInt(100);
            changes.add(new Change(at, random.nextInt(), text(), canonical && random.nextBoolean() ? text() : null));
        }
        return changes;
    }

    /** {@return an operation as a client may submit it} */
    public Operation submitted() {
        return random.nextInt(6) == 0 ? new Operation.Replace(target(false), anchor()) : operation(false);
    }

    /** {@return an operation as it may stand in the canonical log} */
    public Operation canonicalOperation() {
        return operation(true);
    }

    private Operation operation(boolean canonical) {
        return switch (random.nextInt(5)) {
            case 0 -> new Operation.Edit(target(canonical), changes(canonical),
                canonical && random.nextBoolean() ? anchor() : null);
            case 1 -> new Operation.Create(text(), text(), random.nextBoolean() ? uuid() : null);
            case 2 -> new Operation.Rename(target(canonical), text());
            case 3 -> new Operation.Delete(target(canonical));
            default -> new Operation.Noop();
        };
    }

    /** {@return a submission} */
    public Submission submission() {
        return new Submission(uuid(), from(1), from(0), random.nextBoolean() ? null : from(1),
            random.nextBoolean() ? null : text(), submitted(), from(0), from(0));
    }

    /** {@return an accepted operation} */
    public CanonicalOperation canonical() {
        return new CanonicalOperation("w-" + random.nextInt(10), from(1), random.nextBoolean() ? null : uuid(),
            random.nextBoolean() ? null : text(), text(), uuid(), from(1), from(0),
            random.nextBoolean() ? null : from(1), from(0), from(0), canonicalOperation(), hash(), hash());
    }

    /** {@return a refused operation} */
    public RejectedOperation rejected() {
        RejectionCode[] codes = RejectionCode.values();
        return new RejectedOperation("w", text(), random.nextLong(), codes[random.nextInt(codes.length)], text(),
            from(0), random.nextBoolean() ? null : from(1), from(0), from(0));
    }

    private Hash hash() {
        byte[] bytes = new byte[Hash.LENGTH_BYTES];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }
}
