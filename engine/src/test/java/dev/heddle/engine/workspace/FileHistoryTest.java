package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Skeleton;
import dev.heddle.engine.text.Skeletons;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P4 on the history itself: blocks made lazily, dropped with what is trimmed, never change an answer. */
class FileHistoryTest {

    /** The same, edit by edit. */
    private static final class Plain {
        private final List<Long> versions = new ArrayList<>();
        private final List<Skeleton> edits = new ArrayList<>();

        private Skeleton carry(Skeleton written, long version) {
            Skeleton edit = written;
            for (int index = 0; index < edits.size(); index++) {
                edit = versions.get(index) > version ? Skeletons.transform(edit, edits.get(index), Side.LEFT) : edit;
            }
            return edit;
        }

        private int lengthAt(long version, int now) {
            for (int index = 0; index < edits.size(); index++) {
                if (versions.get(index) > version) {
                    return edits.get(index).baseLength();
                }
            }
            return now;
        }
    }

    private static Skeleton edit(Choices choices, int length) {
        int at = choices.below(length + 1);
        int delete = Math.min(length - at, choices.below(3));
        String insert = "xyz".substring(choices.below(3));
        return TextOperation.on(length).retain(at).delete(delete).insert(delete == 2 ? "" : insert).build().skeleton();
    }

    @Test
    void shouldEqualGoingEditByEditWhenAskedFromAnywhere() {
        Property.holds(10_000, choices -> {
            FileHistory history = new FileHistory();
            Plain plain = new Plain();
            int length = 8;
            long version = 0;
            for (int count = choices.below(choices.once(8) ? 300 : 80); count > 0; count--) {
                version += 1 + choices.below(2);
                Skeleton edit = edit(choices, length);
                history.add(version, edit);
                plain.versions.add(version);
                plain.edits.add(edit);
                length = edit.targetLength();
                if (choices.once(30)) {
                    trim(history, plain, plain.versions.get(choices.below(plain.versions.size())));
                }
                if (choices.once(10)) {
                    check(choices, history, plain, version, length);
                }
            }
            check(choices, history, plain, version, length);
        });
    }

    @Test
    void shouldEqualGoingEditByEditForEveryBaseAndEveryHead() {
        Property.holds(20, choices -> {
            FileHistory history = new FileHistory();
            Plain plain = new Plain();
            List<Integer> lengths = new ArrayList<>(List.of(8));
            for (int head = 1; head <= 150; head++) {
                Skeleton edit = edit(choices, lengths.get(head - 1));
                history.add(head, edit);
                plain.versions.add((long) head);
                plain.edits.add(edit);
                lengths.add(edit.targetLength());
                for (int base = 0; base <= head; base++) {
                    Skeleton written = edit(choices, lengths.get(base));
                    assertThat(history.carry(written, base)).isEqualTo(plain.carry(written, base));
                }
            }
        });
    }

    private static void trim(FileHistory history, Plain plain, long version) {
        List<Long> versions = new ArrayList<>();
        List<Skeleton> edits = new ArrayList<>();
        // Now and then what was dropped is read in again, newest first.
        history.trim(version);
        for (int index = 0; index < plain.versions.size(); index++) {
            if (plain.versions.get(index) <= version) {
                versions.add(0, plain.versions.get(index));
                edits.add(0, plain.edits.get(index));
            }
        }
        int again = versions.size() / 2;
        for (int index = 0; index < again; index++) {
            history.addFirst(versions.get(index), edits.get(index));
        }
        for (int dropped = versions.size() - again; dropped > 0; dropped--) {
            plain.versions.remove(0);
            plain.edits.remove(0);
        }
    }

    private static void check(Choices choices, FileHistory history, Plain plain, long head, int length) {
        assertThat(history.size()).isEqualTo(plain.edits.size());
        long oldest = plain.versions.isEmpty() ? head : plain.versions.get(0) - 1;
        long base = oldest + choices.below((int) (head - oldest) + 1);
        assertThat(history.lengthAt(base, length)).isEqualTo(plain.lengthAt(base, length));
        Skeleton written = edit(choices, plain.lengthAt(base, length));
        assertThat(history.carry(written, base)).isEqualTo(plain.carry(written, base));
    }

    @Test
    void shouldHoldAFewBlocksAndDropThemWhenTheirEditsGo() {
        FileHistory history = new FileHistory();
        for (int version = 1; version <= 1_024; version++) {
            history.add(version, TextOperation.on(version - 1).insert("x").build().skeleton());
        }
        Skeleton written = TextOperation.on(0).insert("y").build().skeleton();
        assertThat(history.carry(written, 0)).hasToString("1024->1025 [I1]");
        // 32 of 32 edits, 16 of 64, … one of 1,024.
        assertThat(history.blockCount()).isEqualTo(63);
        history.trim(1);
        assertThat(history.blockCount()).isEqualTo(57);
        history.trim(1_024);
        assertThat(history.blockCount()).isZero();
        assertThat(history.size()).isZero();
    }

    @Test
    void shouldAnswerBeforeAllBlocksAreMadeWhenFarBehind() {
        FileHistory history = new FileHistory();
        int count = 40_000;
        for (int version = 1; version <= count; version++) {
            int length = version - 1;
            history.add(version, TextOperation.on(length).retain(length / 2).insert("x").build().skeleton());
        }
        Skeleton written = TextOperation.on(0).insert("y").build().skeleton();
        Skeleton first = history.carry(written, 0);
        int blocks = history.blockCount();
        for (int times = 0; times < 10; times++) {
            assertThat(history.carry(written, 0)).isEqualTo(first);
        }
        assertThat(blocks).isBetween(1, history.blockCount() - 1);
    }
}
