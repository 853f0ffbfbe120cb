package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.HeddleSocket;
import dev.heddle.teststack.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConvergenceIT {

    private static final int EDITS = 150;

    private final RunningHeddle heddle = RunningHeddle.shared();

    @Test
    void shouldConvergeWhenThreeTypeAndOneIsDisconnectedAndResumes() {
        Random seeds = Seeds.random("ConvergenceIT");
        var workspace = heddle.workspace("converge");
        heddle.rest().put(workspace.name(), "shared.txt", "Once upon a time 😀\n");
        try (HeddleSocket one = heddle.socket(workspace.name());
             HeddleSocket two = heddle.socket(workspace.name());
             HeddleSocket three = heddle.socket(workspace.name())) {
            List<HeddleSocket> sockets = List.of(one, two, three);
            String file = one.open("shared.txt");
            two.open("shared.txt");
            three.open("shared.txt");
            List<CompletableFuture<Void>> typing = new ArrayList<>();
            typing.add(together(new Typist(one, file, new Random(seeds.nextLong()))));
            typing.add(together(new Typist(two, file, new Random(seeds.nextLong()))));
            Typist wanderer = new Typist(three, file, new Random(seeds.nextLong()));
            wanderer.type(EDITS / 3);
            three.disconnect();
            wanderer.typeOffline(EDITS / 3);
            three.reconnect();
            wanderer.type(EDITS / 3);
            typing.forEach(CompletableFuture::join);

            sockets.forEach(HeddleSocket::awaitSettled);
            long version = sockets.stream().mapToLong(HeddleSocket::version).max().orElseThrow();
            sockets.forEach(each -> each.awaitVersion(version));
            String text = one.text(file);

            assertThat(two.text(file)).isEqualTo(text);
            assertThat(three.text(file)).isEqualTo(text);
            assertThat(heddle.rest().textAt(workspace.name(), "shared.txt", version)).isEqualTo(text);
            try (HeddleSocket late = heddle.socket(workspace.name())) {
                assertThat(late.text(late.open("shared.txt"))).isEqualTo(text);
            }
        }
    }

    private static CompletableFuture<Void> together(Typist typist) {
        return CompletableFuture.runAsync(() -> typist.type(EDITS));
    }
}
