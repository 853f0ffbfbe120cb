package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a plan promises must come of it when its steps are submitted; what it reports is what others really touched. */
class UndoPlanLawTest {

    /** A workspace that remembers every tree it had. */
    private static final class Past implements UndoPlanner.FilesAt {
        private final Workbench bench = new Workbench();
        private final Map<Long, List<FileImage>> files = new HashMap<>();

        private void submit(String session, Operation operation) {
            bench.accept(session, bench.version(), operation);
            files.put(bench.version(), bench.state.image().files());
        }

        private FileImage at(String file, long version) {
            return files.get(version).stream().filter(image -> image.file().equals(file)).findFirst().orElseThrow();
        }

        @Override
        public String path(String file, long version) {
            return at(file, version).path();
        }

        @Override
        public Text text(String file, long version) {
            return at(file, version).text();
        }

        private Map<String, String> tree(long version) {
            Map<String, String> tree = new TreeMap<>();
            files.getOrDefault(version, List.of()).forEach(file -> tree.put(file.path(), file.text().toString()));
            return tree;
        }
    }

    private static void act(Choices choices, Past past, int step) {
        List<FileImage> live = past.bench.state.image().files();
        if (live.isEmpty() || choices.once(6)) {
            past.submit(Workbench.ALICE, new Operation.Create("new" + step, Texts.text(choices, 4), null));
            return;
        }
        FileImage file = choices.of(live);
        FileReference target = FileReference.ofFile(file.file());
        switch (choices.below(8)) {
            case 5 -> past.submit(Workbench.ALICE, new Operation.Noop());
            case 6 -> past.submit(Workbench.ALICE, new Operation.Rename(target, "moved" + step));
            case 7 -> past.submit(Workbench.ALICE, new Operation.Delete(target));
            default -> {
                TextOperation edit = Texts.edit(choices, file.text().toString()).operation();
                past.submit(Workbench.ALICE, new Operation.Edit(target, Changes.toChanges(edit, null)));
            }
        }
    }

    @Test
    void shouldComeBackToTheOldTreeWhenThePlansStepsAreSubmitted() {
        Property.holds(10_000, choices -> {
            Past past = new Past();
            int steps = 1 + choices.below(14);
            for (int step = 0; step < steps; step++) {
                act(choices, past, step);
            }
            long since = 1 + choices.below(steps);
            UndoPlanner planner = new UndoPlanner(past);
            past.bench.log.forEach(operation -> planner.accept(new UndoPlanner.Committed(operation.version(),
                operation.file(), operation.author(), operation.operation()), operation.version() >= since));
            UndoPlan plan = planner.plan();
            assertThat(plan.head()).isEqualTo(past.bench.version());
            assertThat(plan.selected()).isEqualTo((int) (past.bench.version() - since + 1));
            assertThat(plan.leftovers()).isEmpty();
            Map<String, String> paths = past.tree(plan.head());
            for (UndoStep step : plan.steps()) {
                assertThat(step instanceof UndoStep.Restore || paths.containsKey(step.path())).as("%s", step).isTrue();
                past.bench.accept(Workbench.BOB, plan.head(), step.operation());
            }
            past.files.put(past.bench.version(), past.bench.state.image().files());
            assertThat(past.tree(past.bench.version())).isEqualTo(past.tree(since - 1));
        });
    }

    @Test
    void shouldKeepAFileThatOthersRenamedWhenItsMakerIsTakenBack() {
        Past past = new Past();
        past.submit(Workbench.ALICE, new Operation.Create("a", "hers", Workbench.FILE));
        past.submit(Workbench.BOB, new Operation.Rename(Workbench.byId(), "b"));
        UndoPlanner planner = new UndoPlanner(past);
        past.bench.log.forEach(operation -> planner.accept(new UndoPlanner.Committed(operation.version(),
            operation.file(), operation.author(), operation.operation()), operation.version() == 1));
        assertThat(planner.plan().steps()).containsExactly(
            new UndoStep.Edit(Workbench.FILE, "b", List.of(new Change(0, 4, ""))));
        assertThat(planner.plan().leftovers()).extracting(UndoPlan.Leftover::reason)
            .contains("others changed this file since it was created; it stays");
    }

    /** Owners, character by character, say what is touched: one taken back deleted, or an insert between two such. */
    @Test
    void shouldReportWhatIsTouchedWhenOthersWroteInWhatIsTakenBack() {
        Property.holds(10_000, choices -> {
            String base = Texts.text(choices, 6);
            TextOperation mine = Texts.edit(choices, base).operation();
            String after = Text.of(base).apply(mine).toString();
            TextOperation others = Texts.edit(choices, after).operation();
            List<Change> changes = Changes.toChanges(mine, Text.of(base));
            FileUndo undo = new FileUndo(mine.baseLength());
            undo.takeBack(changes);
            TextOperation back = undo.bridge();
            List<Change> kept = Changes.toChanges(others, Text.of(after));
            boolean touched = undo.keep(kept);
            // Who did just what takes it back has touched it as well, but nothing of it is left.
            if (!others.equals(back)) {
                assertThat(touched).as("%s then %s", mine, others).isEqualTo(touches(owned(changes, base), kept));
            }
        });
    }

    /** For each character after an edit, whether the edit put it in. */
    private static List<Boolean> owned(List<Change> changes, String base) {
        List<Boolean> owned = new ArrayList<>();
        int position = 0;
        for (Change change : changes) {
            owned.addAll(Collections.nCopies(change.at() - position, false));
            owned.addAll(Collections.nCopies(change.insert().codePointCount(0, change.insert().length()), true));
            position = change.at() + change.delete();
        }
        owned.addAll(Collections.nCopies(base.codePointCount(0, base.length()) - position, false));
        return owned;
    }

    private static boolean touches(List<Boolean> owned, List<Change> kept) {
        for (Change change : kept) {
            int end = change.at() + change.delete();
            boolean deletes = owned.subList(change.at(), end).contains(true);
            // What is deleted and put in at one place stands behind what is deleted.
            boolean inside = !change.insert().isEmpty() && end > 0 && end < owned.size() && owned.get(end - 1)
                && owned.get(end);
            if (deletes || inside) {
                return true;
            }
        }
        return false;
    }
}
