package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P19: every sequence of three file operations with two files, three paths and every base, against a plain model. */
class FileTableTest {

    private static final List<String> PATHS = List.of("p", "q", "r");
    private static final List<String> FILES = List.of(Workbench.file(1), Workbench.file(2));

    /** The model: for each version a copy of everything. */
    private record Snapshot(Map<String, String> pathOf, Map<String, String> textOf, List<String> deleted) {
        String holder(String path) {
            for (Map.Entry<String, String> each : pathOf.entrySet()) {
                if (each.getValue().equals(path)) {
                    return each.getKey();
                }
            }
            return null;
        }

        Snapshot copy() {
            return new Snapshot(new HashMap<>(pathOf), new HashMap<>(textOf), new ArrayList<>(deleted));
        }

        boolean knows(String file) {
            return textOf.containsKey(file);
        }
    }

    private static List<Operation> operations() {
        List<FileReference> targets = new ArrayList<>();
        FILES.forEach(file -> targets.add(FileReference.ofFile(file)));
        PATHS.forEach(path -> targets.add(FileReference.ofPath(path)));
        List<Operation> operations = new ArrayList<>();
        for (String path : PATHS) {
            FILES.forEach(file -> operations.add(new Operation.Create(path, "t", file)));
            targets.forEach(target -> operations.add(new Operation.Rename(target, path)));
        }
        targets.forEach(target -> operations.add(new Operation.Delete(target)));
        targets.forEach(target -> operations.add(new Operation.Edit(target, List.of(new Change(0, 0, "x")))));
        return operations;
    }

    /** The code the model expects, or null for accepted, in which case it has moved on. */
    private static String model(List<Snapshot> versions, Operation operation, int base) {
        Snapshot next = versions.get(versions.size() - 1).copy();
        String code = operation instanceof Operation.Create create ? create(next, create)
            : change(next, versions.get(base), operation);
        if (code == null) {
            versions.add(next);
        }
        return code;
    }

    private static String create(Snapshot next, Operation.Create create) {
        if (next.knows(create.file())) {
            return "BAD_REQUEST";
        }
        if (next.holder(create.path()) != null) {
            return "PATH_TAKEN";
        }
        next.pathOf().put(create.file(), create.path());
        next.textOf().put(create.file(), create.text());
        return null;
    }

    private static String change(Snapshot next, Snapshot base, Operation operation) {
        FileReference target = operation instanceof Operation.Rename rename ? rename.target()
            : operation instanceof Operation.Delete delete ? delete.target() : ((Operation.Edit) operation).target();
        String file = target.file() != null ? target.file() : base.holder(target.path());
        if (file == null || !base.knows(file)) {
            return "UNKNOWN_FILE";
        }
        if (next.deleted().contains(file)) {
            return "FILE_DELETED";
        }
        if (operation instanceof Operation.Rename rename) {
            String holder = next.holder(rename.to());
            if (holder != null && !holder.equals(file)) {
                return "PATH_TAKEN";
            }
            next.pathOf().put(file, rename.to());
        } else if (operation instanceof Operation.Delete) {
            next.pathOf().remove(file);
            next.deleted().add(file);
        } else {
            next.textOf().put(file, "x" + next.textOf().get(file));
        }
        return null;
    }

    @Test
    void shouldEqualThePlainModelForEverySequenceOfThree() {
        List<Operation> operations = operations();
        int sequences = 0;
        for (Operation first : operations) {
            for (Operation second : operations) {
                for (int secondBase = 0; secondBase <= 1; secondBase++) {
                    for (Operation third : operations) {
                        for (int thirdBase = 0; thirdBase <= 2; thirdBase++) {
                            check(List.of(first, second, third), new int[] {0, secondBase, thirdBase});
                            sequences++;
                        }
                    }
                }
            }
        }
        assertThat(sequences).isEqualTo(31 * 31 * 31 * 6);
    }

    private static void check(List<Operation> operations, int[] bases) {
        Workbench bench = new Workbench();
        List<Snapshot> versions = new ArrayList<>(List.of(new Snapshot(Map.of(), Map.of(), List.of())));
        for (int index = 0; index < operations.size(); index++) {
            int base = Math.min(bases[index], versions.size() - 1);
            String expected = model(versions, operations.get(index), base);
            Decision decision = bench.submit(Workbench.session(index + 1), base, operations.get(index));
            String found = decision instanceof Decision.Rejected rejected ? rejected.rejection().code().name() : null;
            if (expected == null ? found != null : !expected.equals(found)) {
                throw new AssertionError(operations + " on " + List.of(bases[0], bases[1], bases[2]) + " step " + index
                    + ": " + decision + " (expected: " + expected + ")");
            }
        }
        Snapshot last = versions.get(versions.size() - 1);
        for (String file : FILES) {
            FileImage image = bench.state.image().file(file).orElse(null);
            boolean live = image != null && !image.deleted();
            boolean same = live ? image.path().equals(last.pathOf().get(file))
                && image.text().toString().equals(last.textOf().get(file)) : !last.pathOf().containsKey(file);
            if (!same || last.knows(file) != (image != null)) {
                throw new AssertionError(operations + ": " + image + " (expected: " + last + ")");
            }
        }
    }
}
