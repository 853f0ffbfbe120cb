package dev.heddle.transformer.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.text.Text;
import dev.heddle.engine.workspace.Checkpoint;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.WorkspaceState;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotWorkspacesTest {

    private final HotWorkspaces hot = new HotWorkspaces(3, 100);

    private static Workspace workspace(String name, int textBytes) {
        byte[] sessions = WorkspaceState.empty(name, Limits.DEFAULT, version -> null).checkpoint().sessions();
        Checkpoint checkpoint = new Checkpoint(name, 1, Hash.ZERO, 0, List.of(new FileImage(
            "4826a838-68b8-37bb-acd3-8117f43ae928", "a.txt", false, 1, Text.of("x".repeat(textBytes)))), sessions);
        return new Workspace(name, WorkspaceState.restore(checkpoint, Limits.DEFAULT, version -> null), 10, 1, 0, 0);
    }

    private void use(String name, int textBytes) {
        if (hot.get(name) == null) {
            hot.put(workspace(name, textBytes));
        }
        Workspace workspace = hot.get(name);
        hot.changed(workspace, workspace.textBytes());
    }

    @Test
    void shouldDropTheLeastRecentlyUsedWhenThereAreTooMany() {
        use("a", 1);
        use("b", 1);
        use("c", 1);
        use("a", 1);
        use("d", 1);

        assertThat(hot.get("b")).isNull();
        assertThat(hot.get("a")).isNotNull();
        assertThat(hot.size()).isEqualTo(3);
        assertThat(hot.textBytes()).isEqualTo(3);
    }

    @Test
    void shouldDropOthersWhenTextsAreTooLongButNeverTheOneInUse() {
        use("a", 60);
        use("b", 60);
        assertThat(hot.get("a")).isNull();
        assertThat(hot.textBytes()).isEqualTo(60);

        use("c", 500);
        assertThat(hot.size()).isEqualTo(1);
        assertThat(hot.get("c")).isNotNull();
    }

    @Test
    void shouldForgetAWorkspaceWhenItIsNotToBeTrusted() {
        use("a", 60);
        hot.drop("a", 60);

        assertThat(hot.get("a")).isNull();
        assertThat(hot.textBytes()).isZero();
    }
}
