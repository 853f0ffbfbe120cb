package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.text.Change;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fold of the canonical log, and what a state refuses to take in. */
class FoldTest {

    private static Workbench bench() {
        Workbench bench = Workbench.withFile("abc");
        bench.accept(Workbench.ALICE, 1, new Operation.Create("z", "zz", Workbench.file(3)));
        bench.accept(Workbench.ALICE, 2, new Operation.Create("b", "bb", Workbench.file(2)));
        bench.accept(Workbench.BOB, 3, new Operation.Delete(FileReference.ofPath("z")));
        bench.accept(Workbench.BOB, 4, new Operation.Create("a", "", Workbench.file(4)));
        return bench;
    }

    @Test
    void shouldListFilesInOrderWhenSomeWereDeleted() {
        Workbench bench = bench();
        WorkspaceImage image = bench.state.image();
        assertThat(image.files()).extracting(FileImage::path).containsExactly("a", "b", "src/a.rs");
        assertThat(image.allFiles()).extracting(FileImage::file).containsExactly(Workbench.FILE, Workbench.file(2),
            Workbench.file(3), Workbench.file(4));
        assertThat(image.codePoints()).isEqualTo(5);
        assertThat(bench.state.hash()).isEqualTo(image.hash()).isEqualTo(bench.read(5).hash());
        assertThat(image.file(Workbench.file(3))).hasValueSatisfying(file -> assertThat(file.deleted()).isTrue());
        assertThat(image.file("nobody")).isEmpty();
        assertThat(image.fileAt("z")).isEmpty();
    }

    private static CanonicalOperation forged(WorkspaceImage image, String file, String path, Operation operation) {
        CanonicalOperation draft = new CanonicalOperation("demo", image.version() + 1, file, path, "x",
            Workbench.ALICE, 3, image.version(), null, 90, 0, operation, image.hash(), Hash.ZERO);
        return new CanonicalOperation("demo", draft.version(), file, path, "x", Workbench.ALICE, 3, draft.base(), null,
            90, 0, operation, image.hash(), HashChain.next(image.hash(), draft));
    }

    @Test
    void shouldRefuseAFileThatTakesAnothersPathOrId() {
        WorkspaceImage image = bench().state.image();
        FileReference second = FileReference.ofFile(Workbench.file(2));
        List<CanonicalOperation> bad = List.of(
            forged(image, Workbench.file(2), "a", new Operation.Rename(second, "a")),
            forged(image, Workbench.file(9), "a", new Operation.Create("a", "", Workbench.file(9))),
            forged(image, Workbench.file(3), "new", new Operation.Create("new", "", Workbench.file(3))));
        for (CanonicalOperation operation : bad) {
            assertThatExceptionOfType(CorruptLogException.class).isThrownBy(() -> image.replay(operation));
            assertThat(image.version()).isEqualTo(5);
        }
        image.replay(forged(image, Workbench.file(2), "b", new Operation.Rename(second, "b")));
        assertThat(image.fileAt("b")).isPresent();
    }

    /** A state that did not decide itself checks the hash, and that the number is the session's next one. */
    @Test
    void shouldRefuseADecisionWhenItDoesNotFollow() {
        Workbench bench = bench();
        WorkspaceImage image = bench.state.image();
        CanonicalOperation good = forged(image, null, null, new Operation.Noop());
        CanonicalOperation changed = new CanonicalOperation("demo", 6, null, null, "y", Workbench.ALICE, 3, 5, null, 90,
            0, good.operation(), good.previousHash(), good.hash());
        assertThatExceptionOfType(CorruptLogException.class)
            .isThrownBy(() -> bench.state.replay(new Decision.Accepted(changed, 1, null)));
        bench.state.replay(new Decision.Accepted(good, 1, null));
        CanonicalOperation sameSeq = forged(image, null, null, new Operation.Noop());
        CanonicalOperation later = new CanonicalOperation("demo", 7, null, null, "x", Workbench.ALICE, 3, 6, null, 91,
            0, sameSeq.operation(), image.hash(), Hash.ZERO);
        CanonicalOperation sealed = new CanonicalOperation("demo", 7, null, null, "x", Workbench.ALICE, 3, 6, null, 91,
            0, later.operation(), image.hash(), HashChain.next(image.hash(), later));
        assertThatExceptionOfType(CorruptLogException.class)
            .isThrownBy(() -> bench.state.replay(new Decision.Accepted(sealed, 1, null)))
            .withMessageContaining("seq 3 of session " + Workbench.ALICE + " (expected: 4)");
    }

    @Test
    void shouldRefuseATargetThatIsNotTheOperationsOwnFile() {
        WorkspaceImage image = bench().state.image();
        FileReference other = FileReference.ofFile(Workbench.file(4));
        for (Operation operation : List.of(new Operation.Delete(other), new Operation.Rename(other, "b"),
            new Operation.Edit(other, List.of(new Change(0, 0, "x", ""))))) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> forged(image, Workbench.file(2), "b", operation))
                .withMessageContaining("is not canonical");
        }
    }

    @Test
    void shouldRefuseSessionsWithBytesLeftOver() {
        Checkpoint good = bench().state.checkpoint();
        byte[] longer = Arrays.copyOf(good.sessions(), good.sessions().length + 1);
        Checkpoint bad = new Checkpoint("demo", 5, good.hash(), good.lastSourceOffset(), good.files(), longer);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> WorkspaceState.restore(bad, Limits.DEFAULT, version -> null))
            .withMessageContaining("bytes too many");
        assertThat(good).isNotEqualTo(bad).isNotEqualTo(null);
        assertThat(good).isNotEqualTo(new Checkpoint("other", 5, good.hash(), good.lastSourceOffset(), good.files(),
            good.sessions()));
    }

    @Test
    void shouldKeepItsBufferSmallAndItsHashesRightWhenAnOperationWasHuge() {
        Workbench bench = Workbench.withFile("");
        String huge = "é".repeat(100_000);
        for (String text : List.of("x", huge, "y", huge, "é", "x".repeat(33))) {
            CanonicalOperation operation = bench.accept(Workbench.ALICE, bench.version(), Workbench.insert(0, text));
            assertThat(HashChain.verify(operation)).isTrue();
            assertThat(operation.hash()).isEqualTo(HashChain.next(bench.read(operation.version() - 1).hash(),
                operation));
        }
        for (String author : List.of("x", "y", "y")) {
            Submission submission = bench.next(Workbench.BOB, bench.version(), null, Workbench.insert(0, author));
            Decision decision = Sequencer.decide(bench.state, new Submission(submission.session(), 1,
                submission.base(), null, author, submission.operation(), submission.sourceOffset(), 0));
            assertThat(HashChain.verify(((Decision.Accepted) decision).operation())).isTrue();
        }
    }
}
