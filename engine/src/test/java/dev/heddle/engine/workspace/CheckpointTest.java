package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.text.Text;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static Workbench bench() {
        Workbench bench = Workbench.withFile("abc");
        bench.accept(Workbench.ALICE, 1, new Operation.Create("b", "text", Workbench.file(2)));
        bench.accept(Workbench.BOB, 1, Workbench.insert(0, "x"));
        bench.accept(Workbench.ALICE, 1, 1L, Workbench.insert(0, "x"));
        bench.accept(Workbench.ALICE, 2, 2L, new Operation.Delete(FileReference.ofFile(Workbench.file(2))));
        return bench;
    }

    @Test
    void shouldComeBackEqualWhenReadFromItsManifest() {
        Workbench bench = bench();
        Checkpoint checkpoint = bench.state.checkpoint();
        Checkpoint read = Checkpoint.ofManifest(checkpoint.manifest(), (file, version) -> {
            assertThat(file).isEqualTo(Workbench.FILE);
            assertThat(version).isEqualTo(4);
            return bench.state.image().file(file).orElseThrow().text();
        });
        assertThat(read).isEqualTo(checkpoint).hasSameHashCodeAs(checkpoint);
        assertThat(read.manifest()).isEqualTo(checkpoint.manifest());
        assertThat(read).hasToString("Checkpoint[demo at version 5, offset 4, 2 files, " + read.sessions().length
            + " bytes of sessions]");
        WorkspaceState state = WorkspaceState.restore(read, bench.limits, bench::read);
        assertThat(state.checkpoint()).isEqualTo(checkpoint);
        assertThat(state.image().allFiles()).isEqualTo(bench.state.image().allFiles());
    }

    @Test
    void shouldDifferWhenAnyPartDiffers() {
        Checkpoint one = bench().state.checkpoint();
        List<FileImage> files = one.files();
        byte[] sessions = one.sessions();
        sessions[sessions.length - 1]++;
        List<Checkpoint> all = List.of(one,
            new Checkpoint("other", 5, one.hash(), 4, files, one.sessions()),
            new Checkpoint("demo", 6, one.hash(), 4, files, one.sessions()),
            new Checkpoint("demo", 5, Hash.ZERO, 4, files, one.sessions()),
            new Checkpoint("demo", 5, one.hash(), 5, files, one.sessions()),
            new Checkpoint("demo", 5, one.hash(), 4, files.subList(1, 2), one.sessions()),
            new Checkpoint("demo", 5, one.hash(), 4, files, sessions));
        for (Checkpoint each : all) {
            assertThat(all.stream().filter(each::equals)).hasSize(1);
            assertThat(each).isNotEqualTo("demo");
        }
        assertThat(new Checkpoint("demo", 5, one.hash(), 4, files, one.sessions())).isEqualTo(one);
    }

    @Test
    void shouldRefuseBytesWhenTheyAreNoManifest() {
        byte[] manifest = bench().state.checkpoint().manifest();
        for (int length = 0; length < manifest.length; length++) {
            byte[] cut = Arrays.copyOf(manifest, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.ofManifest(cut, (f, v) -> Text.EMPTY));
        }
        byte[] longer = Arrays.copyOf(manifest, manifest.length + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.ofManifest(longer, (f, v) -> Text.EMPTY));
        manifest[0] = 9;
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.ofManifest(manifest, (f, v) -> Text.EMPTY))
            .withMessage("checkpoint manifest format 9 (expected: 1)");
    }

    @Test
    void shouldRefuseSessionsWhenTheyAreOfAnotherEngine() {
        Workbench bench = bench();
        Checkpoint good = bench.state.checkpoint();
        byte[] sessions = good.sessions();
        for (int length = 0; length < sessions.length; length++) {
            Checkpoint cut = new Checkpoint("demo", 5, good.hash(), 4, good.files(), Arrays.copyOf(sessions, length));
            assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkspaceState.restore(cut, bench.limits, bench::read));
        }
        sessions[0] = 7;
        Checkpoint other = new Checkpoint("demo", 5, good.hash(), 4, good.files(), sessions);
        assertThatIllegalArgumentException().isThrownBy(() -> WorkspaceState.restore(other, bench.limits, bench::read))
            .withMessage("checkpoint sessions format 7 (expected: 2)");
    }
}
