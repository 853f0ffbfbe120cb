package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspaceVerbsTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Shell shell = new Shell().with("HEDDLE_SERVER", gateway.url());

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void shouldCreateListAndShowWhenAsked() {
        String poems = "{\"name\":\"poems\",\"version\":3,\"shard\":2,\"topics\":{\"ops\":\"heddle.ops.02.poems\"}}";
        gateway.on("POST /api/workspaces", 201, poems).on("GET /api/workspaces", 200, "[" + poems + "]")
            .on("GET /api/workspaces/poems", 200, poems);
        assertThat(shell.run("ws", "create", "poems").out()).startsWith("created poems");
        assertThat(gateway.requests().get(0).body()).isEqualTo("{\"name\":\"poems\"}");
        assertThat(shell.run("ws", "list").out()).isEqualTo("poems  version 3\n");
        assertThat(shell.run("ws", "show", "poems").out()).isEqualTo(
            "workspace  poems\nversion    3\nshard      2\nops        heddle.ops.02.poems\n");
        assertThat(shell.run("ws", "show", "poems", "--json").out()).isEqualTo(poems + "\n");
    }

    @Test
    void shouldNameNearWorkspacesWhenOneIsUnknown() {
        gateway.on("GET /api/workspaces/peoms", 404, "{\"code\":\"UNKNOWN_WORKSPACE\",\"detail\":\"workspace: peoms\"}")
            .on("GET /api/workspaces", 200, "[{\"name\":\"poems\"},{\"name\":\"novels\"}]");
        assertThat(shell.run("ws", "show", "peoms")).isEqualTo(new Shell.Result(3, "",
            "heddle: workspace: peoms\n  did you mean poems?\n"));
    }

    @Test
    void shouldSayWhatToDoWhenTheServerIsAway() {
        gateway.close();
        Shell.Result result = shell.run("ws", "list");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.error()).contains("no gateway answers at " + gateway.url()).contains("./heddle dev");
    }

    @Test
    void shouldDoubtTheAddressWhenSomethingElseAnswers() {
        gateway.on("GET /api/workspaces", 404, "<html>nothing here</html>");
        Shell.Result result = shell.run("ws", "list");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.error()).contains("is " + gateway.url() + " a Heddle gateway?");
    }

    @Test
    void shouldRefuseTheCommandLineWhenAVerbIsUnknown() {
        Shell.Result result = shell.run("sl", "demo");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.error()).contains("no verb heddle sl").contains("did you mean heddle ls?");
    }

    @Test
    void shouldRefuseTheAddressWhenItIsNone() {
        assertThat(shell.run("ws", "list", "--server", "localhost:8080")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.error()).contains("localhost:8080 is not an http or https address");
        });
    }

    @Test
    void shouldColourOnlyOnATerminalWhenNoColorIsNotSet() {
        gateway.on("GET /api/workspaces", 200, "[{\"name\":\"poems\",\"version\":1}]");
        assertThat(shell.run("ws", "list").out()).doesNotContain("\u001b[");
        assertThat(shell.run("ws", "list", "--color", "always").out()).contains("\u001b[");
        shell.onTerminal();
        assertThat(shell.run("ws", "list").out()).contains("\u001b[");
        assertThat(shell.run("ws", "list", "--color", "never").out()).doesNotContain("\u001b[");
        shell.with("NO_COLOR", "1");
        assertThat(shell.run("ws", "list").out()).doesNotContain("\u001b[");
    }

    @Test
    void shouldPrintACompletionScriptWithEveryVerbWhenAsked() {
        assertThat(shell.run("completion").out()).contains("complete ").contains("blame").contains("--occurrence");
    }
}
