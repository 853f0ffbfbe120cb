package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wrote what, against the plainest way to keep it: one version per code point. */
class TextRunsTest {

    private static List<Long> owners(List<CanonicalOperation> log) {
        List<Long> owners = new ArrayList<>();
        for (CanonicalOperation operation : log) {
            if (operation.operation() instanceof Operation.Create create) {
                owners.addAll(Collections.nCopies(count(create.text()), operation.version()));
            } else if (operation.operation() instanceof Operation.Edit edit) {
                for (int index = edit.changes().size() - 1; index >= 0; index--) {
                    Change change = edit.changes().get(index);
                    List<Long> place = owners.subList(change.at(), change.at() + change.delete());
                    place.clear();
                    place.addAll(Collections.nCopies(count(change.insert()), operation.version()));
                }
            }
        }
        return owners;
    }

    private static TextRuns runs(List<CanonicalOperation> log) {
        TextRuns runs = TextRuns.EMPTY;
        for (CanonicalOperation operation : log) {
            if (operation.operation() instanceof Operation.Create create) {
                runs = TextRuns.of(count(create.text()), Origin.of(operation));
            } else if (operation.operation() instanceof Operation.Edit edit) {
                runs = runs.apply(edit.changes(), Origin.of(operation));
            }
        }
        return runs;
    }

    private static List<Long> each(TextRuns runs) {
        List<Long> owners = new ArrayList<>();
        runs.runs().forEach(run -> owners.addAll(Collections.nCopies(run.length(), run.origin().version())));
        return owners;
    }

    private static List<TextRun> shown(TextRuns runs) {
        List<TextRun> shown = new ArrayList<>();
        runs.forEach(shown::add);
        return shown;
    }

    private static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    @Test
    void shouldTellWhoWroteEachCodePointThroughUndoRevertAndRenames() {
        Property.holds(2_000, choices -> {
            Workbench bench = Workbench.withFile("one 😀 two");
            List<CanonicalOperation> edits = new ArrayList<>();
            for (int steps = choices.below(40); steps > 0; steps--) {
                step(bench, edits, choices);
            }
            TextRuns runs = runs(bench.log);
            assertThat(each(runs)).isEqualTo(owners(bench.log));
            assertThat(runs.length()).isEqualTo(count(bench.text()));
        });
    }

    @Test
    void shouldTellWhoWroteEachCodePointWhenThereAreManyRuns() {
        Property.holds(20, choices -> {
            TextRuns runs = TextRuns.EMPTY;
            List<Long> owners = new ArrayList<>();
            int at = 0;
            for (long version = 1; version <= 1_500; version++) {
                at = choices.below(20) == 0 ? choices.below(owners.size() + 1) : Math.min(at, owners.size());
                int delete = choices.below(10) > 0 ? 0
                    : Math.min(choices.below(choices.below(30) == 0 ? 500 : 6), owners.size() - at);
                int insert = choices.below(15) == 0 ? 0 : 1 + choices.below(2);
                owners.subList(at, at + delete).clear();
                owners.addAll(at, Collections.nCopies(insert, version));
                runs = runs.apply(List.of(new Change(at, delete, "x".repeat(insert))),
                    new Origin(version, "ann", "s", version));
                at += insert;
            }
            assertThat(runs.length()).isEqualTo(owners.size());
            assertThat(each(runs)).isEqualTo(owners);
            assertThat(runs).isEqualTo(TextRuns.of(runs.runs()));
            assertThat(shown(runs)).isEqualTo(runs.runs());
        });
    }

    private static void step(Workbench bench, List<CanonicalOperation> edits, Choices choices) {
        String writer = choices.below(2) == 0 ? Workbench.ALICE : Workbench.BOB;
        int kind = choices.below(8);
        if (kind == 0) {
            bench.accept(writer, bench.version(), new Operation.Rename(Workbench.byId(), "renamed-" + bench.version()));
        } else if (kind == 1 && !edits.isEmpty()) {
            CanonicalOperation undone = choices.of(edits);
            edits.add(bench.accept(writer, undone.version(), Undo.of(undone, null)));
        } else {
            int length = count(bench.text());
            int at = choices.below(length + 1);
            int delete = Math.min(choices.below(5), length - at);
            // Kind 2 takes everything out, as a revert to an empty file does.
            edits.add(bench.accept(writer, bench.version(), kind == 2 ? Workbench.edit(new Change(0, length, "back"))
                : Workbench.edit(new Change(at, delete, choices.below(3) == 0 ? "" : "é😀"))));
        }
    }

    private static TextRuns numbered(Choices choices, List<Long> owners) {
        List<TextRun> runs = new ArrayList<>();
        for (long version = 1 + choices.below(200); version > 0; version--) {
            int length = 1 + choices.below(3);
            runs.add(new TextRun(length, origin(version)));
            owners.addAll(Collections.nCopies(length, version));
        }
        return TextRuns.of(runs);
    }

    private static Origin origin(long version) {
        return new Origin(version, "someone", Workbench.ALICE, version);
    }

    /** Few changes are put in one by one, many in one pass: the same comes of both. */
    @Test
    void shouldEqualThePlainWayWhenManyPlacesChangeAtOnce() {
        Property.holds(2_000, choices -> {
            List<Long> owners = new ArrayList<>();
            TextRuns runs = numbered(choices, owners);
            for (long version = 1_000; version < 1_003; version++) {
                List<Change> changes = new ArrayList<>();
                List<Long> after = new ArrayList<>();
                int position = 0;
                for (int count = choices.below(40); count > 0; count--) {
                    int at = Math.min(owners.size(), position + choices.below(8));
                    int delete = Math.min(owners.size() - at, choices.below(4));
                    String insert = "x😀z".substring(0, choices.of(List.of(0, 0, 1, 3, 4)));
                    changes.add(new Change(at, delete, insert));
                    after.addAll(owners.subList(position, at));
                    after.addAll(Collections.nCopies(count(insert), version));
                    position = at + delete;
                }
                after.addAll(owners.subList(position, owners.size()));
                runs = runs.apply(changes, origin(version));
                owners = after;
                assertThat(each(runs)).isEqualTo(owners);
                assertThat(runs.length()).isEqualTo(owners.size());
                assertThat(runs).isEqualTo(TextRuns.of(runs.runs())).hasSameHashCodeAs(TextRuns.of(runs.runs()));
                assertThat(runs.count()).isEqualTo(runs.runs().size());
            }
        });
    }

    @Test
    void shouldRefuseChangesWhenTheyLeaveTheText() {
        TextRuns runs = TextRuns.of(5, origin(1));
        for (Change change : List.of(new Change(-1, 0, "x"), new Change(0, -1, "x"), new Change(6, 0, "x"),
                new Change(4, 2, "x"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> runs.apply(List.of(change), origin(2)))
                .withMessage("change: " + change.delete() + " code points at " + change.at()
                    + " (expected: within a text of length 5)");
        }
        List<Change> many = new ArrayList<>(Collections.nCopies(20, new Change(0, 0, "x")));
        many.add(new Change(3, 4, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> runs.apply(many, origin(2)))
            .withMessage("change: 2 code points too far (expected: within a text of length 5)");
        assertThat(runs.apply(List.of(new Change(5, 0, "x"), new Change(5, 0, "y")), origin(2)).length()).isEqualTo(7);
        assertThat(runs.apply(List.of(new Change(0, 5, "")), origin(2))).isEqualTo(TextRuns.EMPTY);
        assertThat(TextRuns.of(0, origin(1))).isSameAs(TextRuns.EMPTY).isNotEqualTo(runs).isNotEqualTo(null);
    }

    @Test
    void shouldNameTheUndoForWhatItBringsBackAndLeaveOthersTheirOwn() {
        Workbench bench = Workbench.withFile("say foo now");
        CanonicalOperation alice = bench.accept(Workbench.ALICE, 1, Workbench.edit(new Change(4, 3, "bar")));
        bench.accept(Workbench.BOB, 2, Workbench.insert(6, "XX"));
        bench.accept(Workbench.BOB, 3, new Operation.Rename(Workbench.byId(), "elsewhere"));
        bench.accept(Workbench.ALICE, alice.version(), Undo.of(alice, null));
        assertThat(bench.text()).isEqualTo("say fooXX now");
        assertThat(each(runs(bench.log))).containsExactly(1L, 1L, 1L, 1L, 5L, 5L, 5L, 3L, 3L, 1L, 1L, 1L, 1L);
    }

    @Test
    void shouldJoinNeighboursOfOneOperationAndStayExactOverManyRuns() {
        Workbench bench = Workbench.withFile("");
        for (int edit = 0; edit < 1_000; edit++) {
            bench.accept(edit % 2 == 0 ? Workbench.ALICE : Workbench.BOB, bench.version(),
                Workbench.insert((int) (edit * 7919L % (edit + 1)), "x"));
        }
        TextRuns runs = runs(bench.log);
        assertThat(runs.count()).isEqualTo(1_000);
        assertThat(each(runs)).isEqualTo(owners(bench.log));
        List<TextRun> twice = new ArrayList<>();
        runs.runs().forEach(run -> twice.addAll(List.of(run, run)));
        assertThat(TextRuns.of(twice).count()).isEqualTo(1_000);
    }
}
