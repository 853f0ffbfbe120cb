package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** P20: taking back what was committed. */
class UndoTest {

    private static CanonicalOperation undo(Workbench bench, String session, CanonicalOperation committed) {
        return bench.accept(session, committed.version(), Undo.of(committed, null));
    }

    @Test
    void shouldRestoreOnceWhenTwoTakeBackTheSameDelete() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation alice = bench.accept(Workbench.ALICE, 1, Workbench.delete(1, 1));
        CanonicalOperation bob = bench.accept(Workbench.BOB, 1, Workbench.delete(1, 1));
        undo(bench, Workbench.ALICE, alice);
        undo(bench, Workbench.BOB, bob);
        assertThat(bench.text()).isEqualTo("abc");
    }

    @Test
    void shouldLeaveOthersTextWhenTakenBackAndBroughtAgain() {
        Workbench bench = Workbench.withFile("say foo now");
        CanonicalOperation alice = bench.accept(Workbench.ALICE, 1, Workbench.edit(new Change(4, 3, "bar"),
            new Change(11, 0, "!")));
        bench.accept(Workbench.BOB, 2, Workbench.insert(6, "XX"));
        CanonicalOperation undone = undo(bench, Workbench.ALICE, alice);
        assertThat(bench.text()).isEqualTo("say fooXX now");
        undo(bench, Workbench.ALICE, undone);
        assertThat(bench.text()).isEqualTo("say baXXr now!");
    }

    @Test
    void shouldPutBackThenTakeAwayAndNothingMoreWhenInverted() {
        List<Change> committed = List.of(new Change(1, 0, "x😀", ""), new Change(2, 1, "", "b"),
            new Change(4, 2, "y", "cd"));
        assertThat(Undo.inverse(committed)).containsExactly(new Change(1, 2, ""), new Change(4, 0, "b"),
            new Change(5, 0, "cd"), new Change(5, 1, ""));
        assertThat(Undo.inverse(List.of())).isEmpty();
    }

    @Test
    void shouldRestoreTheTextWhenNothingCameBetween() {
        Property.holds(10_000, choices -> {
            Workbench bench = Workbench.withFile(Texts.text(choices, 12));
            String before = bench.text();
            TextOperation operation = Texts.edit(choices, before).operation();
            CanonicalOperation committed = bench.accept(Workbench.ALICE, 1, new Operation.Edit(Workbench.byId(),
                Changes.toChanges(operation, null)));
            String after = bench.text();
            CanonicalOperation undone = undo(bench, Workbench.ALICE, committed);
            assertThat(bench.text()).isEqualTo(before);
            undo(bench, Workbench.ALICE, undone);
            assertThat(bench.text()).isEqualTo(after);
        });
    }

    @Test
    void shouldLeaveNoneOfAWritersTextWhenAllOfItIsTakenBack() {
        Property.holds(10_000, choices -> {
            Workbench bench = Workbench.withFile("0123456789");
            TreeSet<Integer> expected = new TreeSet<>();
            "0123456789".codePoints().forEach(expected::add);
            List<CanonicalOperation> mine = new ArrayList<>();
            for (int count = choices.below(10); count > 0; count--) {
                boolean alice = choices.below(2) == 0;
                long base = Math.max(1, bench.version() - choices.below(3));
                int length = 10;
                for (CanonicalOperation each : bench.log.subList(1, (int) base)) {
                    for (Change change : ((Operation.Edit) each.operation()).changes()) {
                        length += change.insert().codePointCount(0, change.insert().length()) - change.delete();
                    }
                }
                int at = choices.below(length + 1);
                int delete = Math.min(choices.below(4), length - at);
                String insert = choices.below(3) == 0 ? "" : Character.toString(0x1F600 + (int) bench.version());
                CanonicalOperation committed = bench.accept(alice ? Workbench.ALICE : Workbench.BOB, base,
                    Workbench.edit(new Change(at, delete, insert)));
                if (alice) {
                    mine.add(committed);
                } else {
                    insert.codePoints().forEach(expected::add);
                    for (Change change : ((Operation.Edit) committed.operation()).changes()) {
                        change.deleted().codePoints().forEach(expected::remove);
                    }
                }
            }
            Collections.reverse(mine);
            Map<Long, Long> undone = new HashMap<>();
            for (CanonicalOperation each : mine) {
                long head = bench.version();
                Operation.Edit back = Undo.edit(each, bench.log.subList((int) each.version(), (int) head), undone,
                    bench.state.image().file(Workbench.FILE).orElseThrow().text().lengthCodePoints());
                undone.put(bench.accept(Workbench.session(3), head, back).version(), each.version());
            }
            List<Integer> found = new ArrayList<>(bench.text().codePoints().boxed().toList());
            Collections.sort(found);
            assertThat(found).isEqualTo(new ArrayList<>(expected));
        });
    }

    /** As the REST call does it: nothing is noted of earlier undos, they are recognised in the log. */
    private static CanonicalOperation undoAsTheLogTells(Workbench bench, CanonicalOperation committed) {
        List<CanonicalOperation> later = bench.log.subList((int) committed.version(), bench.log.size());
        int length = bench.state.image().file(Workbench.FILE).orElseThrow().text().lengthCodePoints();
        long head = bench.version();
        return bench.accept(Undo.session("demo", committed.version(), head), head,
            Undo.edit(committed, later, Undo.undone(later), length));
    }

    @Test
    void shouldRestoreOnceWhenOneDeleteIsTakenBackTwice() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 1, Workbench.delete(1, 1));
        bench.accept(Workbench.BOB, 2, Workbench.insert(0, "x"));
        undoAsTheLogTells(bench, deleted);
        CanonicalOperation nothing = undoAsTheLogTells(bench, deleted);
        assertThat(bench.text()).isEqualTo("xabc");
        assertThat(nothing.operation()).isEqualTo(Workbench.edit());
    }

    @Test
    void shouldRestoreNothingWhenSomebodyDidSoByHand() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 1, Workbench.delete(1, 1));
        bench.accept(Workbench.BOB, 2, Workbench.insert(0, "x"));
        bench.accept(Workbench.BOB, 3, Workbench.insert(2, "b"));
        bench.accept(Workbench.BOB, 4, Workbench.delete(0, 1));
        undoAsTheLogTells(bench, deleted);
        assertThat(bench.text()).isEqualTo("abc");
    }

    @Test
    void shouldLeaveNothingWhenTypingAndDeletingAreBothTakenBack() {
        Workbench bench = Workbench.withFile("ab");
        CanonicalOperation typed = bench.accept(Workbench.ALICE, 1, Workbench.insert(1, "x"));
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 2, Workbench.delete(0, 2));
        undoAsTheLogTells(bench, deleted);
        assertThat(bench.text()).isEqualTo("axb");
        undoAsTheLogTells(bench, typed);
        assertThat(bench.text()).isEqualTo("ab");
    }

    @Test
    void shouldTakeBackAgainWhenAnUndoWasTakenBack() {
        Workbench bench = Workbench.withFile("ab");
        CanonicalOperation typed = bench.accept(Workbench.ALICE, 1, Workbench.insert(1, "x"));
        CanonicalOperation undone = undoAsTheLogTells(bench, typed);
        CanonicalOperation again = undoAsTheLogTells(bench, undone);
        assertThat(bench.text()).isEqualTo("axb");
        assertThat(Undo.undone(List.of(undone))).isEqualTo(Map.of(undone.version(), typed.version()));
        assertThat(Undo.undone(List.of(undone, again))).isEqualTo(Map.of(again.version(), undone.version()));
        undoAsTheLogTells(bench, typed);
        assertThat(bench.text()).isEqualTo("ab");
    }

    @Test
    void shouldNotTakeForAnUndoWhatOnlyLooksLikeOne() {
        Workbench bench = Workbench.withFile("aba");
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 1, Workbench.delete(1, 1));
        CanonicalOperation byHand = bench.accept(Workbench.BOB, 2, Workbench.insert(1, "b"));
        String session = Undo.session("demo", deleted.version(), 3);
        CanonicalOperation nothing = bench.accept(session, 3, Workbench.edit());
        CanonicalOperation second = bench.accept(session, 4, Workbench.insert(0, "x"));
        CanonicalOperation tree = bench.accept(Undo.session("demo", 2, 5), 5, new Operation.Noop());
        assertThat(Undo.undone(List.of(byHand, nothing, second, tree))).isEmpty();
        assertThat(session).startsWith("00000000-0002-8ced-").isNotEqualTo(Undo.session("demo", 2, 4))
            .isNotEqualTo(Undo.session("other", 2, 3)).isEqualTo(Undo.session("demo", 2, 3));
        assertThat(Ids.isUuid(Undo.session("demo", (1L << 48) - 1, 1))).isTrue();
    }

    /** A session may claim to take something back; what counts is what it did. */
    @Test
    void shouldTakeAMarkedEditForAPlainOneWhenItIsNoUndo() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation first = bench.accept(Workbench.ALICE, 1, Workbench.insert(3, "1"));
        CanonicalOperation second = bench.accept(Workbench.ALICE, 2, Workbench.insert(0, "2"));
        bench.accept(Undo.session("demo", second.version(), 3), 3, Workbench.delete(1, 1));
        bench.accept(Undo.session("demo", 77, 4), 4, Workbench.insert(0, "!"));
        undoAsTheLogTells(bench, first);
        assertThat(bench.text()).isEqualTo("!2bc");
        undoAsTheLogTells(bench, second);
        assertThat(bench.text()).isEqualTo("!bc");
    }

    /** What others did between an edit and its undo is moved past both, and can be taken back from there. */
    @Test
    void shouldTakeBackWhatLiesBetweenAnEditAndItsUndoWhenThatIsUndoneToo() {
        Workbench bench = Workbench.withFile("ab");
        CanonicalOperation outer = bench.accept(Workbench.ALICE, 1, Workbench.insert(1, "xx"));
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 2, Workbench.delete(0, 3));
        CanonicalOperation inner = bench.accept(Workbench.BOB, 2, Workbench.insert(2, "Y"));
        assertThat(bench.text()).isEqualTo("Yb");
        undoAsTheLogTells(bench, deleted);
        assertThat(bench.text()).as("what comes back goes left").isEqualTo("axxYb");
        undoAsTheLogTells(bench, inner);
        assertThat(bench.text()).isEqualTo("axxb");
        undoAsTheLogTells(bench, outer);
        assertThat(bench.text()).isEqualTo("ab");
    }

    @Test
    void shouldLeaveNoneOfAWritersTextWhenTheLogTellsWhatWasTakenBack() {
        Property.holds(10_000, choices -> {
            Workbench bench = Workbench.withFile("0123456789");
            List<CanonicalOperation> mine = new ArrayList<>();
            for (int count = choices.below(8); count > 0; count--) {
                int length = bench.text().codePointCount(0, bench.text().length());
                int at = choices.below(length + 1);
                String insert = choices.below(3) == 0 ? "" : Character.toString(0x1F600 + (int) bench.version());
                mine.add(bench.accept(Workbench.ALICE, bench.version(),
                    Workbench.edit(new Change(at, Math.min(choices.below(4), length - at), insert))));
            }
            Collections.reverse(mine);
            for (CanonicalOperation each : mine) {
                undoAsTheLogTells(bench, each);
                if (choices.once(4)) {
                    undoAsTheLogTells(bench, each);
                }
            }
            assertThat(bench.text()).isEqualTo("0123456789");
        });
    }

    @Test
    void shouldBringFilesBackWhenTheTreeWasChanged() {
        Workbench bench = Workbench.withFile("text");
        FileImage before = bench.state.image().file(Workbench.FILE).orElseThrow();
        CanonicalOperation renamed = bench.accept(Workbench.ALICE, 1, new Operation.Rename(Workbench.byId(), "b"));
        bench.accept(Workbench.ALICE, 2, Undo.of(renamed, before));
        assertThat(bench.state.image().fileAt("src/a.rs")).isPresent();
        CanonicalOperation deleted = bench.accept(Workbench.ALICE, 3, new Operation.Delete(Workbench.byId()));
        CanonicalOperation created = bench.accept(Workbench.ALICE, 4, Undo.of(deleted, before));
        assertThat(created.file()).isNotEqualTo(Workbench.FILE);
        assertThat(bench.state.image().fileAt("src/a.rs").orElseThrow().text()).hasToString("text");
        bench.accept(Workbench.ALICE, 5, Undo.of(created, null));
        assertThat(bench.state.image().files()).isEmpty();
        CanonicalOperation nothing = bench.accept(Workbench.ALICE, 6, new Operation.Noop());
        assertThat(Undo.of(nothing, null)).isEqualTo(new Operation.Noop());
    }
}
