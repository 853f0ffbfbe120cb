package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What somebody is told who does not know the command yet. */
class MisuseTest {

    private final Shell shell = new Shell();

    @Test
    void shouldNameTheVerbMeantWhenThereIsNoneOfThatName() {
        assertThat(shell.run("brame", "demo")).isEqualTo(new Shell.Result(2, "",
            "heddle: there is no verb heddle brame\n  did you mean heddle blame?\n"));
        assertThat(shell.run("ws", "lst").error()).contains("no verb heddle ws lst").contains("heddle ws list?");
        assertThat(shell.run("frobnicate", "--help")).isEqualTo(new Shell.Result(2, "",
            "heddle: there is no verb heddle frobnicate\n  heddle --help lists the verbs\n"));
    }

    @Test
    void shouldSayWhatANumberIsWhenAnOptionWantsOne() {
        Shell.Result result = shell.run("cat", "demo", "a.txt", "--version", "x");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error()).contains("'x' is not a whole number");
        assertThat(shell.run("tail", "demo", "-n", "9999999999").error()).contains("below 2147483648");
        assertThat(shell.run("log", "demo", "-n", "-1").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldTellInJsonWhenAskedInJson() {
        assertThat(shell.run("frobnicate", "--json").error()).isEqualTo("{\"code\":\"USAGE\",\"message\":\"there is no "
            + "verb heddle frobnicate\",\"exitCode\":2,\"hint\":\"heddle --help lists the verbs\"}\n");
    }

    @Test
    void shouldSayItsVersionWhenAsked() {
        assertThat(shell.run("--version").out()).startsWith("heddle ").hasLineCount(1);
    }
}
