package dev.heddle.standalone;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One person at a browser: a Chromium of its own, with a profile of its own. One thread. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Lets a test take the network away from the page's sockets, which the browser's own switch does not reach. */
    private static final String BREAKABLE_SOCKETS = """
        const sockets = [];
        window.WebSocket = class extends WebSocket {
          constructor(url, protocol) {
            super(window.offline ? url.replace(/socket$/, "nowhere") : url, protocol);
            sockets.push(this);
          }
        };
        window.goOffline = () => { window.offline = true; sockets.forEach((socket) => socket.close()); };
        """;

    private static final String NAMED =
        "if (location.protocol.startsWith('http')) localStorage.setItem('heddle.name', '%s');";

    private final ChromeDriver driver;
    private final String origin;

    private Browser(ChromeDriver driver, String origin) {
        this.driver = driver;
        this.origin = origin;
    }

    /** Whether this machine has a Chromium and its driver. */
    static boolean isThere() {
        return chromium().isPresent() && find("chromedriver").isPresent();
    }

    /** Opens a browser for a person of that name. */
    static Browser of(String person, String gateway) {
        // It warns of every Chromium that is newer than itself, for a feature that is not used here.
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--user-data-dir=" + profile());
        ChromeDriverService service = new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver").orElseThrow()).build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument",
            Map.of("source", BREAKABLE_SOCKETS + NAMED.formatted(person)));
        driver.manage().window().setSize(new Dimension(1200, 800));
        return new Browser(driver, "http://" + gateway + "/");
    }

    /** Goes to an address below the origin. */
    Browser go(String address) {
        // Another address of the same page would not load it anew.
        driver.get("about:blank");
        driver.get(origin + address);
        return this;
    }

    /** Goes to a file and waits until it can be edited. */
    Browser openFile(String workspace, String path) {
        go("#/w/" + workspace + "/" + path);
        await("the editor shows " + path, () -> !all(".has-file .cm-content").isEmpty() && isConnected());
        return this;
    }

    WebElement one(String selector) {
        return new WebDriverWait(driver, PATIENCE).withMessage(selector)
            .until(ignored -> all(selector).stream().findFirst().orElse(null));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    void click(String selector) {
        one(selector);
        // Some buttons show only under the pointer.
        driver.executeScript("document.querySelector(arguments[0]).click()", selector);
    }

    void fill(String selector, String text) {
        WebElement field = one(selector);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
    }

    /** Presses keys in the editor; only what is in Unicode's first plane, as the driver takes no more. */
    void press(CharSequence... keys) {
        one(".stage > .sheet .cm-content").sendKeys(keys);
    }

    /** Puts text in at the caret, as an input method does. */
    void insert(String text) {
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
    }

    void goOffline() {
        driver.executeScript("goOffline()");
    }

    void comeBack() {
        driver.executeScript("window.offline = false; window.dispatchEvent(new Event('online'))");
    }

    /** The text of the editor, without the flags of others' carets; of a file that fits into the window. */
    String text() {
        return (String) driver.executeScript("""
            return [...document.querySelectorAll(".stage > .sheet .cm-line")].map((line) => {
              const copy = line.cloneNode(true);
              copy.querySelectorAll(".peer-caret").forEach((caret) => caret.remove());
              return copy.textContent;
            }).join("\\n");""");
    }

    /** The text before the first element of a kind, in the line it is in. */
    String textBefore(String selector) {
        return (String) driver.executeScript("""
            const element = document.querySelector(".stage > .sheet " + arguments[0]);
            let text = "";
            for (let node = element?.previousSibling; node; node = node.previousSibling) {
              text = node.textContent + text;
            }
            return text;""", selector);
    }

    boolean isConnected() {
        return "connected".equals(status("connection"));
    }

    int unsent() {
        return Integer.parseInt(status("unsent"));
    }

    long version() {
        return Long.parseLong(status("version"));
    }

    private String status(String name) {
        return (String) driver.executeScript("return document.querySelector('.status')?.dataset[arguments[0]]", name);
    }

    /** Waits until all edits are with the server. */
    void awaitSent() {
        await("all edits are sent", () -> isConnected() && unsent() == 0);
    }

    void await(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE).withMessage(what).ignoring(StaleElementReferenceException.class)
            .until(ignored -> condition.getAsBoolean());
    }

    /** From now on, notes how long the page did nothing else at a time, as the browser itself counts its long tasks. */
    void watchForStalls() {
        driver.executeScript("""
            const keep = [];
            new PerformanceObserver((list) => keep.push(...list.getEntries().map((task) => task.duration)))
              .observe({ type: "longtask" });
            window.takeLongTasks = () => keep.splice(0);""");
    }

    /** The tasks that kept the page for 50 ms or more since the last time this was asked: how many, and the longest. */
    String stalls() {
        return (String) driver.executeScript("""
            const tasks = window.takeLongTasks();
            return `${tasks.length} long tasks, longest ${Math.round(Math.max(0, ...tasks))} ms`;""");
    }

    /** Moves the slider of the history panel as a hand does. */
    void slideTo(int place) {
        driver.executeScript("""
            const slider = document.querySelector(".history-track input");
            slider.value = arguments[0];
            slider.dispatchEvent(new Event("input", { bubbles: true }));""", String.valueOf(place));
    }

    /** Waits for minutes. */
    void awaitLong(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, Duration.ofMinutes(4)).withMessage(what)
            .ignoring(StaleElementReferenceException.class).until(ignored -> condition.getAsBoolean());
    }

    /** Keeps what the window shows, for looking at. */
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Path profile() {
        try {
            return Files.createTempDirectory("heddle-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> chromium() {
        return find("chromium").or(() -> find("chromium-browser")).or(() -> find("google-chrome"));
    }

    private static Optional<File> find(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> new File(folder, program)).filter(File::canExecute).findFirst();
    }
}
