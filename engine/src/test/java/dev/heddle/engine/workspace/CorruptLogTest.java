package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that contradicts itself is never folded in, and says where. */
class CorruptLogTest {

    private static CanonicalOperation with(CanonicalOperation from, long version, Hash previous, Operation operation) {
        CanonicalOperation draft = new CanonicalOperation(from.workspace(), version, from.file(), from.path(),
            from.author(), from.session(), from.seq(), from.base(), from.after(), from.sourceOffset(), from.timeMs(),
            operation, previous, Hash.ZERO);
        return new CanonicalOperation(from.workspace(), version, from.file(), from.path(), from.author(),
            from.session(), from.seq(), from.base(), from.after(), from.sourceOffset(), from.timeMs(), operation,
            previous, HashChain.next(previous, draft));
    }

    private static void corrupt(WorkspaceImage image, CanonicalOperation operation, String difference) {
        List<FileImage> before = List.copyOf(image.allFiles());
        long version = image.version();
        assertThatThrownBy(() -> image.replay(operation))
            .isInstanceOfSatisfying(CorruptLogException.class,
                e -> assertThat(e.version()).isEqualTo(operation.version()))
            .hasMessage("canonical log is corrupt at version " + operation.version() + ": " + difference);
        assertThat(List.copyOf(image.allFiles())).isEqualTo(before);
        assertThat(image.version()).isEqualTo(version);
    }

    @Test
    void shouldNameTheDifferenceWhenTheNextRecordDoesNotFollow() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation edit = bench.accept(Workbench.ALICE, 1, Workbench.edit(new Change(1, 1, "x")));
        bench.accept(Workbench.ALICE, 2, Workbench.insert(0, "y"));
        WorkspaceImage image = WorkspaceImage.empty("demo");
        corrupt(image, edit, "follows version 0 (expected: version 1)");
        image.replay(bench.read(1));
        corrupt(image, bench.read(1), "follows version 1 (expected: version 2)");
        corrupt(image, bench.read(3), "follows version 1 (expected: version 2)");
        corrupt(image, with(edit, 2, Hash.ZERO, edit.operation()), "previous hash " + Hash.ZERO + " (expected: "
            + image.hash() + ")");
        CanonicalOperation forged = new CanonicalOperation("demo", 2, edit.file(), edit.path(), "mallory",
            edit.session(), edit.seq(), edit.base(), null, edit.sourceOffset(), edit.timeMs(), edit.operation(),
            edit.previousHash(), edit.hash());
        assertThat(HashChain.verify(forged)).isFalse();
        corrupt(image, forged, "hash " + edit.hash() + " (expected: " + HashChain.next(image.hash(), forged) + ")");
        WorkspaceImage other = WorkspaceImage.empty("other");
        corrupt(other, bench.read(1), "workspace demo (expected: other)");
        image.replay(edit);
        assertThat(image.file(Workbench.FILE).orElseThrow().text()).hasToString("axc");
    }

    @Test
    void shouldNameTheDifferenceWhenAnOperationDoesNotFit() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation edit = bench.accept(Workbench.ALICE, 1, Workbench.edit(new Change(1, 1, "x")));
        WorkspaceImage image = WorkspaceImage.empty("demo");
        image.replay(bench.read(1));
        Hash hash = image.hash();
        corrupt(image, with(edit, 2, hash, Workbench.edit(new Change(9, 0, "x", ""))),
            "position 9 is outside text of length 3");
        corrupt(image, with(edit, 2, hash, Workbench.edit(new Change(1, 1, "x", "z"))),
            "deleted text at position 1 is not that of file src/a.rs");
        corrupt(image, with(edit, 2, hash, Workbench.edit(new Change(1, 1, "x", null))),
            "deleted text at position 1 is not that of file src/a.rs");
        corrupt(image, with(edit, 2, hash, new Operation.Create("src/a.rs", "", Workbench.FILE)),
            "path src/a.rs is taken by file " + Workbench.FILE);
        CanonicalOperation elsewhere = new CanonicalOperation("demo", 2, Workbench.file(2), "b", "", Workbench.BOB, 1,
            1, null, 1, 1, new Operation.Noop(), hash, hash);
        corrupt(image, with(elsewhere, 2, hash, new Operation.Delete(FileReference.ofFile(Workbench.file(2)))),
            "file " + Workbench.file(2) + " does not exist");
        assertThatThrownBy(() -> WorkspaceImage.restore("demo", 3, hash, List.of(
            new FileImage("1", "a", false, 1, Text.EMPTY), new FileImage("2", "a", false, 2, Text.EMPTY))))
            .isInstanceOf(CorruptLogException.class).hasMessageContaining("the path a");
        bench.accept(Workbench.ALICE, 2, new Operation.Delete(Workbench.byId()));
        image.replay(edit);
        image.replay(bench.read(3));
        corrupt(image, with(edit, 4, image.hash(), edit.operation()), "file " + Workbench.FILE + " was deleted");
    }

    @Test
    void shouldRefuseToEncodeWhenTheFormIsNotCanonical() {
        Workbench bench = Workbench.withFile("abc");
        CanonicalOperation edit = bench.accept(Workbench.ALICE, 1, Workbench.insert(1, "x"));
        for (Operation operation : List.of(new Operation.Delete(FileReference.ofPath("src/a.rs")),
            new Operation.Delete(FileReference.ofFile(Workbench.file(2))),
            new Operation.Rename(FileReference.ofFile(edit.file()), "b"),
            new Operation.Create("b", "", edit.file()), new Operation.Create(edit.path(), "", null),
            new Operation.Replace(Workbench.byId(), new Anchor("a", "b", Anchor.Occurrence.ALL)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> with(edit, 2, Hash.ZERO, operation))
                .withMessageStartingWith("version 2 is not canonical: ");
        }
        WorkspaceImage image = WorkspaceImage.empty("demo");
        image.replay(bench.read(1));
        CanonicalOperation odd = new CanonicalOperation("demo", 2, edit.file(), edit.path(), "", Workbench.BOB, 1, 1,
            null, 1, 1, new Operation.Replace(Workbench.byId(), new Anchor("a", "b", Anchor.Occurrence.ALL)),
            image.hash(), Hash.ZERO);
        corrupt(image, odd, "version 2 is not canonical: operation Replace");
    }
}
