package dev.heddle.cli.verify;

import dev.heddle.cli.history.BlameFold;
import dev.heddle.cli.history.RawFold;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A workspace's logs as several sessions typing at once leave them: stale bases, refusals, repeats and all. */
public final class RandomLog {

    public static final String WORKSPACE = "demo";

    private static final String[] WORDS = {"a", "bc", "ü", "🙂", "line\n", "some words ", "x\r\n"};

    private final Random random;
    private final RawFold fold = new RawFold(WORKSPACE, Limits.DEFAULT, operation -> false);
    private final List<RawRecord> raw = new ArrayList<>();
    private final List<CanonicalOperation> canonical = new ArrayList<>();
    /** Live files and their lengths, by version. */
    private final List<Map<String, Integer>> lengths = new ArrayList<>(List.of(Map.of()));
    private final Map<String, Long> sequence = new HashMap<>();
    private long timeMs = 1_795_176_000_000L;

    public RandomLog(Random random, int records) {
        this.random = random;
        while (raw.size() < records) {
            step();
        }
    }

    private void step() {
        timeMs += random.nextInt(100_000);
        int dice = random.nextInt(100);
        if (dice < 3) {
            raw.add(new RawRecord(raw.size(), timeMs, null, "garbage"));
        } else if (dice < 6 && !raw.isEmpty() && raw.get(raw.size() - 1).submission() != null) {
            Submission last = raw.get(raw.size() - 1).submission();
            submit(new Submission(last.session(), last.seq(), last.base(), last.after(), last.author(),
                last.operation(), raw.size(), timeMs));
        } else {
            int who = random.nextInt(4);
            String session = "00000000-0000-0000-0000-00000000000" + who;
            long base = Math.max(0, canonical.size() - random.nextInt(8));
            submit(new Submission(session, sequence.merge(session, 1L, Long::sum), base, null, who == 3 ? null
                : "author-" + who, operation(base, dice), raw.size(), timeMs));
        }
    }

    private void submit(Submission submission) {
        raw.add(RawRecord.of(submission));
        CanonicalOperation operation = fold.accept(submission);
        if (operation != null) {
            canonical.add(operation);
            Map<String, Integer> now = new HashMap<>();
            fold.image().files().forEach(file -> now.put(file.file(), file.text().lengthCodePoints()));
            lengths.add(now);
        }
    }

    private Operation operation(long base, int dice) {
        List<Map.Entry<String, Integer>> files = List.copyOf(lengths.get((int) base).entrySet());
        if (files.isEmpty() || dice < 12) {
            return new Operation.Create("dir/file-" + random.nextInt(1_000) + ".txt", word() + word(), null);
        }
        Map.Entry<String, Integer> file = files.get(random.nextInt(files.size()));
        FileReference target = FileReference.ofFile(file.getKey());
        if (dice < 15) {
            return new Operation.Rename(target, "moved/file-" + random.nextInt(1_000) + ".txt");
        }
        if (dice < 17) {
            return new Operation.Delete(target);
        }
        if (dice < 19) {
            return new Operation.Noop();
        }
        int length = file.getValue();
        int at = random.nextInt(length + (dice < 22 ? 5 : 1));
        int delete = at >= length ? 0 : random.nextInt(Math.min(4, length - at) + 1);
        return new Operation.Edit(target, List.of(new Change(at, delete, random.nextInt(4) == 0 ? "" : word())));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    public List<RawRecord> raw() {
        return raw;
    }

    public List<CanonicalOperation> canonical() {
        return canonical;
    }

    public RawFold fold() {
        return fold;
    }

    public static RawFold newFold() {
        return new RawFold(WORKSPACE, Limits.DEFAULT, operation -> false);
    }

    /** Who wrote what as of a version. */
    public BlameFold blameAt(long version) {
        BlameFold blame = new BlameFold();
        canonical.subList(0, (int) version).forEach(blame::accept);
        return blame;
    }

    /** Snapshots of all files as of a version, as the snapshotter writes them. */
    public List<SnapshotRecord> snapshotsAt(long version, long oldest) {
        RawFold replayed = newFold();
        for (RawRecord record : raw) {
            if (record.submission() != null && replayed.image().version() < version) {
                replayed.accept(record.submission());
            }
        }
        CanonicalOperation last = canonical.get((int) version - 1);
        List<SnapshotRecord> all = new ArrayList<>();
        for (FileImage file : replayed.image().allFiles()) {
            String hash = file.text().sha256Hex();
            all.add(new SnapshotRecord(all.size(), file.file(), file.file(), file.path(), file.deleted(), version,
                file.version(), file.text().lengthCodePoints(), hash, hash,
                file.deleted() ? replayed.deletedText(file.file()).sha256Hex() : null,
                last.hash().hex(), last.timeMs(), oldest, RunsHash.of(blameAt(version).of(file.file()).runs()),
                null));
        }
        return all;
    }
}
