package dev.heddle.snapshotter;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.HashChain;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A workspace's history, made up at random, with what every version must look like. The expected states are kept as
 * lists of code points with their authors, by code that shares nothing with the fold.
 */
public final class RandomLog {

    /** A code point and the version that wrote it. */
    public record Point(int codePoint, long version) {
    }

    /** A file as it must be. */
    public record Expected(String file, String path, long version, List<Point> points) {

        public String text() {
            StringBuilder text = new StringBuilder();
            points.forEach(point -> text.appendCodePoint(point.codePoint()));
            return text.toString();
        }
    }

    private static final String[] ALPHABET = {"a", "b", "é", "e\u0301", "😀", "\n", "\t", "𝄞", "漢", "👩‍👩‍👧"};

    private final String workspace;
    private final Random random;
    private final List<CanonicalOperation> operations = new ArrayList<>();
    private final List<Map<String, Expected>> states = new ArrayList<>();
    private final List<String> sessions = new ArrayList<>();
    private int names;

    public RandomLog(String workspace, Random random) {
        this.workspace = workspace;
        this.random = random;
        states.add(new TreeMap<>());
        for (int i = 0; i < 3; i++) {
            sessions.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
    }

    public static RandomLog of(String workspace, Random random, int length) {
        RandomLog log = new RandomLog(workspace, random);
        while (log.operations.size() < length) {
            log.step();
        }
        return log;
    }

    public String workspace() {
        return workspace;
    }

    public List<CanonicalOperation> operations() {
        return operations;
    }

    public long version() {
        return operations.size();
    }

    /** The live files as of a version, by id. */
    public Map<String, Expected> at(long version) {
        return states.get((int) version);
    }

    public void step() {
        Map<String, Expected> files = new LinkedHashMap<>(at(version()));
        int kind = random.nextInt(100);
        if (files.isEmpty() || kind < 6) {
            create(files, randomText(8));
        } else if (kind < 9) {
            Expected file = any(files);
            files.remove(file.file());
            add(file.file(), file.path(), new Operation.Delete(FileReference.ofFile(file.file())), files);
        } else if (kind < 14) {
            Expected file = any(files);
            String to = "dir/" + names++ + ".txt";
            files.put(file.file(), new Expected(file.file(), to, version() + 1, file.points()));
            add(file.file(), to, new Operation.Rename(FileReference.ofFile(file.file()), to), files);
        } else if (kind < 16) {
            add(null, null, new Operation.Noop(), files);
        } else {
            edit(files, any(files));
        }
    }

    public void create(String path, String text) {
        Map<String, Expected> files = new LinkedHashMap<>(at(version()));
        create(files, path, text);
    }

    private void create(Map<String, Expected> files, String text) {
        create(files, "file-" + names++ + ".txt", text);
    }

    private void create(Map<String, Expected> files, String path, String text) {
        String file = new UUID(random.nextLong(), random.nextLong()).toString();
        long version = version() + 1;
        files.put(file, new Expected(file, path, version, points(text, version)));
        add(file, path, new Operation.Create(path, text, file), files);
    }

    private void edit(Map<String, Expected> files, Expected file) {
        List<Change> changes = new ArrayList<>();
        List<Point> after = new ArrayList<>();
        int position = 0;
        int count = random.nextInt(20) == 0 ? 30 : 1 + random.nextInt(3);
        for (int i = 0; i < count && position <= file.points().size(); i++) {
            int at = position + random.nextInt(file.points().size() - position + 1);
            int delete = Math.min(random.nextInt(4), file.points().size() - at);
            String insert = random.nextInt(3) == 0 ? "" : randomText(4);
            StringBuilder deleted = new StringBuilder();
            file.points().subList(at, at + delete).forEach(point -> deleted.appendCodePoint(point.codePoint()));
            after.addAll(file.points().subList(position, at));
            after.addAll(points(insert, version() + 1));
            if (delete > 0 || !insert.isEmpty()) {
                changes.add(new Change(at, delete, insert, deleted.toString()));
            }
            position = at + delete + 1;
            if (position <= file.points().size()) {
                after.add(file.points().get(position - 1));
            } else {
                position = file.points().size();
                break;
            }
        }
        after.addAll(file.points().subList(Math.min(position, file.points().size()), file.points().size()));
        files.put(file.file(), new Expected(file.file(), file.path(), version() + 1, after));
        add(file.file(), file.path(), new Operation.Edit(FileReference.ofFile(file.file()), changes), files);
    }

    private void add(String file, String path, Operation operation, Map<String, Expected> after) {
        long version = version() + 1;
        String session = sessions.get(random.nextInt(sessions.size()));
        Hash previous = operations.isEmpty() ? Hash.ZERO : operations.get(operations.size() - 1).hash();
        CanonicalOperation unsigned = new CanonicalOperation(workspace, version, file, path,
            "author-" + session.charAt(0), session, version, version - 1, null, version - 1,
            1_700_000_000_000L + 1_000 * version, operation, previous, Hash.ZERO);
        Hash hash = HashChain.next(previous, unsigned);
        operations.add(new CanonicalOperation(workspace, version, file, path, unsigned.author(), session, version,
            version - 1, null, version - 1, unsigned.timeMs(), operation, previous, hash));
        states.add(after);
    }

    private Expected any(Map<String, Expected> files) {
        List<Expected> all = new ArrayList<>(files.values());
        return all.get(random.nextInt(all.size()));
    }

    private String randomText(int max) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(max + 1);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    private static List<Point> points(String text, long version) {
        return text.codePoints().mapToObj(codePoint -> new Point(codePoint, version)).toList();
    }
}
