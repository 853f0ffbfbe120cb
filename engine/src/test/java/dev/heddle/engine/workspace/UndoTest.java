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
