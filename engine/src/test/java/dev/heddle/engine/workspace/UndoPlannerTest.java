package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.support.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class UndoPlannerTest {

    private final Workbench bench = new Workbench();
    private final Map<Long, Map<String, FileImage>> trees = new HashMap<>();
    private final Map<String, Long> sequence = new HashMap<>();

    private String submit(String author, Operation operation) {
        String session = new UUID(0x4000, 0x8000_0000_0000_0000L | author.hashCode() & 0xffff).toString();
        Submission submission = new Submission(session,
            sequence.merge(author, 1L, Long::sum), bench.state.version(), null, author, operation, bench.raw.size(),
            1_000L * bench.raw.size());
        Decision decision = bench.decide(submission);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        CanonicalOperation done = ((Decision.Accepted) decision).operation();
        remember();
        return done.file();
    }

    private void remember() {
        Map<String, FileImage> tree = new HashMap<>();
        bench.state.image().files().forEach(file -> tree.put(file.file(), file));
        trees.put(bench.state.image().version(), tree);
    }

    private static Operation edit(String file, int at, int delete, String insert) {
        return new Operation.Edit(FileReference.ofFile(file), List.of(new Change(at, delete, insert)));
    }

    private UndoPlan plan(Predicate<CanonicalOperation> selection) {
        UndoPlanner planner = new UndoPlanner(new UndoPlanner.FilesAt() {
            @Override
            public String path(String file, long version) {
                return trees.get(version).get(file).path();
            }

            @Override
            public Text text(String file, long version) {
                return trees.get(version).get(file).text();
            }
        });
        bench.log.forEach(operation -> planner.accept(new UndoPlanner.Committed(operation.version(), operation.file(),
            operation.author(), operation.operation()), selection.test(operation)));
        return planner.plan();
    }

    private UndoPlan planOf(String author) {
        return plan(operation -> operation.author().equals(author));
    }

    private String after(UndoPlan plan, String path) {
        Text text = bench.state.image().fileAt(path).orElseThrow().text();
        for (UndoStep step : plan.steps()) {
            if (step instanceof UndoStep.Edit edit && edit.path().equals(path)) {
                text = text.apply(Changes.toOperation(edit.changes(), text.lengthCodePoints()));
            }
        }
        return text.toString();
    }

    @Test
    void shouldKeepOthersWorkWhenOneAuthorIsTakenBack() {
        String f = submit("ann", new Operation.Create("a", "The cat sat.", null));
        submit("bob", edit(f, 4, 3, "dog"));
        submit("ann", edit(f, 12, 0, " On the mat."));
        submit("bob", edit(f, 0, 3, "A"));
        UndoPlan plan = planOf("bob");
        assertThat(after(plan, "a")).isEqualTo("The cat sat. On the mat.");
        assertThat(plan.leftovers()).isEmpty();
        assertThat(plan.selected()).isEqualTo(2);
    }

    @Test
    void shouldTakeNothingBackTwiceWhenAskedAgain() {
        String f = submit("ann", new Operation.Create("a", "The cat sat.", null));
        submit("bob", edit(f, 4, 3, "dog"));
        submit("bob", edit(f, 0, 4, ""));
        for (UndoStep step : planOf("bob").steps()) {
            submit("cleo", new Operation.Edit(FileReference.ofFile(f), ((UndoStep.Edit) step).changes()));
        }
        submit("ann", edit(f, 12, 0, " Still."));
        UndoPlan again = planOf("bob");
        assertThat(again.steps()).isEmpty();
        assertThat(again.selected()).isEqualTo(2);
        assertThat(after(again, "a")).isEqualTo("The cat sat. Still.");
    }

    @Test
    void shouldReportWhatIsNotCleanWhenOthersWroteInside() {
        String f = submit("ann", new Operation.Create("a", "", null));
        submit("bob", edit(f, 0, 0, "bob bob"));
        submit("ann", edit(f, 3, 0, " ANN"));
        UndoPlan plan = planOf("bob");
        assertThat(after(plan, "a")).isEqualTo(" ANN");
        assertThat(plan.leftovers()).hasSize(1);
        assertThat(plan.leftovers().get(0).version()).isEqualTo(3);
        assertThat(plan.leftovers().get(0).reason()).contains("ann changed text");
    }

    @Test
    void shouldNotTakeAwayTwiceWhenOthersDeletedSomeOfIt() {
        String f = submit("ann", new Operation.Create("a", "[]", null));
        submit("bob", edit(f, 1, 0, "abcdef"));
        submit("ann", edit(f, 0, 4, ""));
        UndoPlan plan = planOf("bob");
        assertThat(after(plan, "a")).isEqualTo("]");
        assertThat(plan.leftovers()).hasSize(1);
    }

    @Test
    void shouldTakeBackRenameCreateAndDeleteWhenNobodyElseTouchedThem() {
        String f = submit("ann", new Operation.Create("a", "text", null));
        submit("bob", new Operation.Rename(FileReference.ofFile(f), "b"));
        String g = submit("bob", new Operation.Create("c", "new", null));
        submit("bob", edit(g, 0, 0, "x"));
        String h = submit("ann", new Operation.Create("d", "keep me", null));
        submit("bob", edit(h, 0, 4, "lose"));
        submit("bob", new Operation.Delete(FileReference.ofFile(h)));
        assertThat(planOf("bob").steps()).containsExactlyInAnyOrder(new UndoStep.Rename(f, "b", "a"),
            new UndoStep.Delete(g, "c"), new UndoStep.Restore("d", "keep me"));
        assertThat(planOf("bob").leftovers()).isEmpty();
    }

    @Test
    void shouldKeepTheFileWhenOthersWroteInAFileThatIsTakenBack() {
        String f = submit("bob", new Operation.Create("a", "bob", null));
        submit("ann", edit(f, 3, 0, " and ann"));
        UndoPlan plan = planOf("bob");
        assertThat(after(plan, "a")).isEqualTo(" and ann");
        assertThat(plan.leftovers()).extracting(UndoPlan.Leftover::reason).anyMatch(reason -> reason.contains("stays"));
    }

    @Test
    void shouldKeepTheLaterNameWhenOthersRenamedAgain() {
        String f = submit("ann", new Operation.Create("a", "", null));
        submit("bob", new Operation.Rename(FileReference.ofFile(f), "b"));
        submit("ann", new Operation.Rename(FileReference.ofFile(f), "c"));
        assertThat(planOf("bob").steps()).isEmpty();
    }

    @Test
    void shouldSayThatNothingIsLeftWhenOthersDeletedTheFile() {
        String f = submit("ann", new Operation.Create("a", "x", null));
        submit("bob", edit(f, 0, 0, "y"));
        submit("ann", new Operation.Delete(FileReference.ofFile(f)));
        UndoPlan plan = planOf("bob");
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.leftovers()).hasSize(1);
    }

    @Test
    void shouldComeBackToTheOldTextWhenTheNewestVersionsOfARandomLogAreTakenBack() {
        Random random = new Random(Property.seed());
        for (int round = 0; round < 60; round++) {
            UndoPlannerTest one = new UndoPlannerTest();
            one.typeAtRandom(random, 40);
            long since = 1 + random.nextInt(one.bench.log.size());
            Map<String, FileImage> before = one.trees.getOrDefault(since - 1, Map.of());
            UndoPlan plan = one.plan(operation -> operation.version() >= since);
            assertThat(plan.leftovers()).isEmpty();
            WorkspaceImage now = one.bench.state.image();
            for (FileImage file : before.values()) {
                if (now.file(file.file()).filter(image -> !image.deleted()).isPresent()) {
                    assertThat(one.after(plan, now.file(file.file()).orElseThrow().path()))
                        .isEqualTo(file.text().toString());
                } else {
                    assertThat(plan.steps()).contains(new UndoStep.Restore(file.path(), file.text().toString()));
                }
            }
        }
    }

    private void typeAtRandom(Random random, int operations) {
        for (int i = 0; i < operations; i++) {
            String author = "author-" + random.nextInt(3);
            List<FileImage> live = bench.state.image().files();
            if (live.isEmpty() || random.nextInt(8) == 0) {
                submit(author, new Operation.Create("f" + i, "some text 🙂", null));
                continue;
            }
            FileImage file = live.get(random.nextInt(live.size()));
            int length = file.text().lengthCodePoints();
            int at = random.nextInt(length + 1);
            switch (random.nextInt(12)) {
                case 0 -> submit(author, new Operation.Delete(FileReference.ofFile(file.file())));
                case 1 -> submit(author, new Operation.Rename(FileReference.ofFile(file.file()), "moved" + i));
                default -> submit(author,
                    edit(file.file(), at, random.nextInt(Math.min(5, length - at) + 1), "ab🙂"));
            }
        }
    }
}
