package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.teststack.TestStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page in a real browser, on everything {@code ./heddle dev} runs. */
class BrowserIT {

    private static final int PIECES = 25;

    private static RunningHeddle heddle;
    private static Browser ada;
    private static Browser ben;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.isThere(), "no chromium and chromedriver on the PATH: the browser tests are skipped");
        heddle = RunningHeddle.shared();
        ada = Browser.of("Ada", heddle.gateway());
        ben = Browser.of("Ben", heddle.gateway());
    }

    @AfterAll
    static void stop() {
        Stream.of(ada, ben).filter(Objects::nonNull).forEach(Browser::close);
    }

    @Test
    void shouldConvergeWhenTwoPagesTypeEmojiAndOneLosesItsConnection() {
        var workspace = heddle.workspace("browser");
        heddle.rest().put(workspace.name(), "shared.txt", "Start 😀\nEnd");
        ada.openFile(workspace.name(), "shared.txt").press(Keys.chord(Keys.CONTROL, Keys.HOME));
        ben.openFile(workspace.name(), "shared.txt").press(Keys.chord(Keys.CONTROL, Keys.END));
        CompletableFuture<Void> typing = CompletableFuture.runAsync(() -> type(ada, "a", "🚀"));
        type(ben, "b", "👩‍👩‍👧");
        ben.goOffline();
        ben.await("the page says it is not connected", () -> !ben.isConnected());
        type(ben, "c", "😀");
        assertThat(ben.unsent()).isGreaterThanOrEqualTo(2 * PIECES);
        ben.screenshot("offline");
        typing.join();
        ben.comeBack();
        ada.awaitSent();
        ben.awaitSent();
        ada.await("both have seen the same", () -> ada.version() == ben.version() && ada.text().equals(ben.text()));

        assertThat(ben.text()).isEqualTo(textOnServer(workspace.name(), "shared.txt", ben));
        String last = piece("c", PIECES - 1, "😀");
        ada.await("Ada sees where Ben ended", () -> ada.textBefore(".peer-caret").endsWith(last));
        for (int i = 0; i < PIECES; i++) {
            assertThat(ben.text()).containsOnlyOnce(piece("a", i, "🚀"))
                .containsOnlyOnce(piece("b", i, "👩‍👩‍👧"))
                .containsOnlyOnce(piece("c", i, "😀"));
        }
        ada.screenshot("converged");
    }

    private String textOnServer(String workspace, String path, Browser as) {
        return heddle.rest().textAt(workspace, path, as.version());
    }

    /** Half of each piece as keys, half as an input method puts it in. */
    private static void type(Browser browser, String who, String emoji) {
        for (int i = 0; i < PIECES; i++) {
            browser.press("(");
            browser.insert(who + i + emoji + " ");
        }
    }

    private static String piece(String who, int index, String emoji) {
        return who + index + emoji + " ";
    }

    @Test
    void shouldTakeBackOnlyOnesOwnEditWhenBothHaveTyped() {
        var workspace = heddle.workspace("undo");
        heddle.rest().put(workspace.name(), "a.txt", "one two");
        ada.openFile(workspace.name(), "a.txt").press(Keys.chord(Keys.CONTROL, Keys.HOME));
        ada.insert("ADA ");
        ada.awaitSent();
        ben.openFile(workspace.name(), "a.txt").press(Keys.chord(Keys.CONTROL, Keys.END));
        ben.insert(" BEN");
        ada.await("Ada sees Ben's edit", () -> ada.text().equals("ADA one two BEN"));
        ada.await("Ada sees Ben's caret", () -> !ada.all(".peer-flag").isEmpty());
        assertThat(ada.one(".peer-flag").getAttribute("textContent")).isEqualTo("Ben");
        ada.screenshot("two-people");

        ada.press(Keys.chord(Keys.CONTROL, "z"), Keys.chord(Keys.CONTROL, "z"));
        ada.awaitSent();
        ben.await("Ben sees Ada's undo", () -> ben.text().equals("one two BEN"));
        ada.press(Keys.chord(Keys.CONTROL, "y"));
        ada.awaitSent();
        assertThat(textOnServer(workspace.name(), "a.txt", ada)).isEqualTo("ADA one two BEN");
    }

    @Test
    void shouldBringAWordBackOnceWhenTwoPagesDeletedItAndBothUndo() {
        var workspace = heddle.workspace("undo-both");
        heddle.rest().put(workspace.name(), "a.txt", "word stays");
        ada.openFile(workspace.name(), "a.txt");
        ben.openFile(workspace.name(), "a.txt");
        ben.goOffline();
        ben.await("the page says it is not connected", () -> !ben.isConnected());
        for (Browser page : List.of(ada, ben)) {
            page.press(Keys.chord(Keys.CONTROL, Keys.HOME), Keys.chord(Keys.CONTROL, Keys.SHIFT, Keys.ARROW_RIGHT),
                Keys.DELETE);
            page.await("the word is gone", () -> !page.text().contains("word"));
        }
        ada.awaitSent();
        ben.comeBack();
        ben.awaitSent();
        for (Browser page : List.of(ada, ben)) {
            page.press(Keys.chord(Keys.CONTROL, "z"));
            page.awaitSent();
        }
        ada.await("both have seen the same", () -> ada.version() == ben.version() && ada.text().equals(ben.text()));
        assertThat(textOnServer(workspace.name(), "a.txt", ada)).isEqualTo("word stays");
        ben.press(Keys.chord(Keys.CONTROL, "y"), Keys.chord(Keys.CONTROL, "z"));
        ben.awaitSent();
        assertThat(textOnServer(workspace.name(), "a.txt", ben)).isEqualTo("word stays");
    }

    @Test
    void shouldKeepEveryLineEndingWhenAFileWithReturnsIsEdited() {
        var workspace = heddle.workspace("endings");
        heddle.rest().put(workspace.name(), "dos.txt", "one\r\ntwo\rthree\r\n\nfour");
        ada.openFile(workspace.name(), "dos.txt");
        ada.press(Keys.chord(Keys.CONTROL, Keys.HOME), Keys.END, "!", Keys.ENTER);
        ada.insert("new");
        ada.awaitSent();
        assertThat(textOnServer(workspace.name(), "dos.txt", ada))
            .isEqualTo("one!\r\nnew\r\ntwo\rthree\r\n\nfour");
        ada.press(Keys.HOME, Keys.BACK_SPACE);
        ada.awaitSent();
        assertThat(textOnServer(workspace.name(), "dos.txt", ada))
            .isEqualTo("one!new\r\ntwo\rthree\r\n\nfour");
    }

    @Test
    void shouldDoAllThatIsDoneToFilesWhenItIsDoneByHand() {
        var workspace = heddle.workspace("tree");
        ada.go("");
        ada.click("a[href='#/w/" + workspace.name() + "']");
        ada.click(".side-head [aria-label='New file']");
        ada.fill(".dialog input", "src/main.py");
        ada.one(".has-file .cm-content");
        ada.insert("print('😀')");
        ada.awaitSent();
        ben.openFile(workspace.name(), "src/main.py");
        ben.await("Ben sees the text", () -> ben.text().equals("print('😀')"));

        ada.click("[aria-label='Rename src/main.py']");
        ada.fill(".dialog input", "src/app.py");
        ben.await("Ben's page goes along", () -> ben.one(".path-line").getText().equals("src/app.py"));
        assertThat(textOnServer(workspace.name(), "src/app.py", ada)).isEqualTo("print('😀')");

        ada.click("[aria-label='Delete src/app.py']");
        ada.click(".dialog .danger");
        ben.await("Ben is told", () -> ben.one(".banner").getText().contains("Ada deleted src/app.py"));
        ben.screenshot("deleted");
        ben.click(".banner .primary");
        ada.await("the file is back", () -> !ada.all("[data-path='src/app.py']").isEmpty());
        assertThat(textOnServer(workspace.name(), "src/app.py", ada)).isEqualTo("print('😀')");
    }

    @Test
    void shouldBringBackAnOlderVersionWhenItIsChosenInTheHistory() {
        var workspace = heddle.workspace("history");
        heddle.rest().put(workspace.name(), "poem.md", "# Roses\n");
        heddle.rest().put(workspace.name(), "poem.md", "# Roses\n\nare red\n");
        heddle.rest().put(workspace.name(), "poem.md", "# Roses\n\nare blue 😀\n");
        ada.openFile(workspace.name(), "poem.md");
        ada.click(".history-button");
        ada.await("the past is read", () -> "2".equals(ada.one(".history-track input").getAttribute("max")));
        ada.one(".blame-mark");
        ada.one(".history-track input").sendKeys(Keys.ARROW_LEFT);
        ada.await("the older text is shown", () -> ada.one(".history .cm-content").getText().contains("are red"));
        assertThat(ada.one(".diff-later").getText()).isEqualTo("are blue 😀");
        ada.await("who wrote it is shown", () -> !ada.all(".blame-run").isEmpty());
        assertThat(ada.one(".blame-run").getAttribute("title")).startsWith("anonymous, version 1, ");
        ada.one(".history-track input").sendKeys(Keys.HOME);
        ada.await("the first text is shown", () -> ada.one(".history-label").getText().endsWith("created"));
        ada.one(".history-track input").sendKeys(Keys.ARROW_RIGHT);
        ada.await("the older text is shown again", () -> ada.one(".history .cm-content").getText().contains("are red"));
        ada.screenshot("history");
        ada.click(".history .primary");
        ada.awaitSent();
        assertThat(textOnServer(workspace.name(), "poem.md", ada)).isEqualTo("# Roses\n\nare red\n");
    }

    @Test
    void shouldOfferToCreateAWorkspaceWhenThereIsNoneOfThatName() {
        String name = TestStack.workspace("missing");
        ada.go("#/w/" + name);
        ada.await("the page says so", () -> ada.one(".blank").getText().contains("There is no workspace " + name));
        ada.screenshot("missing");
        ada.click(".blank .primary");
        ada.await("the workspace is there", () -> ada.isConnected() && ada.version() == 0);
    }
}
