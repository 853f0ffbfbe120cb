package dev.heddle.bench;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Prints what is held in memory, in bytes: the heap in use with something held less the heap in use without it, both
 * after collection. Good to a few per cent.
 */
public final class MemoryReport {

    private static final int COUNT = 100_000;

    private MemoryReport() {
    }

    /**
     * Prints the report.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        print("version held, one character typed", COUNT, () -> {
            Workspace workspace = new Workspace("");
            for (int version = 1; version <= COUNT; version++) {
                workspace.submit(1, version, null, Workspace.edit(List.of(new Change(version - 1, 0, "x"))));
            }
            return workspace;
        });
        print("workspace with one empty file", COUNT / 10, () -> {
            List<Workspace> workspaces = new ArrayList<>();
            for (int index = 0; index < COUNT / 10; index++) {
                workspaces.add(new Workspace("", Limits.DEFAULT));
            }
            return workspaces;
        });
        print("further empty file of a workspace, its creation held", COUNT / 20, () -> {
            Workspace workspace = new Workspace("");
            for (int index = 1; index <= COUNT / 20; index++) {
                workspace.submit(1, index, null, new Operation.Create("src/file-" + index + ".rs", "", null));
            }
            return workspace;
        });
        for (int length : new int[] {1_000, 10_000, 1_000_000}) {
            String line = "lorem ipsum dolor sit amet, consectetur\n";
            String text = line.repeat(length / line.length() + 1).substring(0, length);
            int files = 20_000_000 / length;
            print("text of " + length + " code points, ASCII", files, () -> {
                List<Text> texts = new ArrayList<>();
                for (int index = 0; index < files; index++) {
                    texts.add(Text.of(text));
                }
                return texts;
            });
            print("further version of a text of " + length + ", one character apart", COUNT, () -> {
                SplittableRandom random = new SplittableRandom(1);
                List<Text> versions = new ArrayList<>(List.of(Text.of(text)));
                for (int index = 0; index < COUNT; index++) {
                    int at = random.nextInt(length);
                    versions.add(versions.get(index).apply(TextOperation.on(length).retain(at).delete(1).insert("x")
                        .build()));
                }
                return versions;
            });
        }
    }

    private static void print(String what, int count, Supplier<Object> held) {
        long before = usedBytes();
        Object value = held.get();
        long bytes = usedBytes() - before;
        System.out.printf("%-64s %,10.0f bytes%n", what, (double) bytes / count);
        if (value.hashCode() == System.identityHashCode(held)) {
            System.out.println();
        }
    }

    private static long usedBytes() {
        for (int times = 0; times < 3; times++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
