package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.ClientOp;
import dev.heddle.engine.text.Change;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.OpsProducer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The history panel on a file of very many operations: {@code -Dheddle.history.operations=100000}. Prints how long the
 * page was stuck at most; looks are in {@code target/screenshots}.
 */
class LongHistoryIT {

    private static final int OPERATIONS = Integer.getInteger("heddle.history.operations", 0);
    private static final int AUTHORS = 4;
    private static final String WORDS = "the shuttle carries the weft through the shed and back\n";

    @Test
    void shouldStayAtHandWhenAFileHasVeryManyOperations() {
        assumeTrue(OPERATIONS > 0, "only with -Dheddle.history.operations=N");
        assumeTrue(Browser.isThere(), "no chromium and chromedriver on the PATH");
        RunningHeddle heddle = RunningHeddle.shared();
        var workspace = heddle.workspace("long");
        type(heddle, workspace.opsTopic());
        // While so much comes in, reads may be told to try again.
        Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(500)).untilAsserted(() ->
            assertThat(version(heddle, workspace.name())).isEqualTo(OPERATIONS));
        try (Browser ada = Browser.of("Ada", heddle.gateway())) {
            ada.openFile(workspace.name(), "book.txt");
            ada.watchForStalls();
            long startMs = System.nanoTime() / 1_000_000;
            ada.click(".history-button");
            ada.one(".history .cm-line");
            System.out.println("panel open after " + (System.nanoTime() / 1_000_000 - startMs) + " ms");
            ada.screenshot("long-history-reading");
            ada.awaitLong("the past is read", () ->
                String.valueOf(OPERATIONS - 1).equals(ada.one(".history-track input").getAttribute("max")));
            System.out.println(OPERATIONS + " operations read after " + (System.nanoTime() / 1_000_000 - startMs)
                + " ms, " + ada.stalls());
            ada.one(".blame-mark");
            ada.screenshot("long-history-now");
            for (int place : new int[] {OPERATIONS / 2, OPERATIONS / 100, OPERATIONS - 3_000}) {
                long movedMs = System.nanoTime() / 1_000_000;
                ada.slideTo(place);
                ada.await("the blame of then", () -> !ada.all(".blame-mark").isEmpty());
                System.out.println("moved to " + place + ", with blame after "
                    + (System.nanoTime() / 1_000_000 - movedMs) + " ms, " + ada.stalls());
                ada.screenshot("long-history-" + place);
            }
            ada.one(".history-track input").sendKeys(Keys.ARROW_LEFT);
            ada.click(".history .primary");
            ada.awaitSent();
            assertThat(version(heddle, workspace.name())).isEqualTo(OPERATIONS + 1L);
        }
    }

    private static long version(RunningHeddle heddle, String workspace) {
        return heddle.rest().json("/api/workspaces/" + workspace).path("version").asLong();
    }

    private static void type(RunningHeddle heddle, String topic) {
        SplittableRandom random = new SplittableRandom(3);
        String[] sessions = new String[AUTHORS];
        long[] seqs = new long[AUTHORS];
        for (int author = 0; author < AUTHORS; author++) {
            sessions[author] = new UUID(0x4000, 0x8000_0000_0000_0000L | author).toString();
        }
        try (OpsProducer producer = new OpsProducer(heddle.kafka(), heddle.registryUrl())) {
            int length = 0;
            int at = 0;
            int author = 0;
            for (int version = 0; version < OPERATIONS; version++) {
                if (random.nextInt(60) == 0) {
                    author = random.nextInt(AUTHORS);
                    at = random.nextInt(length + 1);
                }
                boolean deletes = length > 20 && at > 0 && random.nextInt(3) == 0;
                var operation = version == 0 ? ClientOps.create("book.txt", "") : ClientOps.edit("book.txt",
                    List.of(new Change(deletes ? at - 1 : at, deletes ? 1 : 0,
                        deletes ? "" : String.valueOf(WORDS.charAt(at % WORDS.length())))));
                var submission = ClientOps.of(sessions[author], ++seqs[author], version, operation);
                producer.send(topic, ClientOp.newBuilder(submission).setAuthor("author-" + author).build());
                if (version > 0) {
                    at += deletes ? -1 : 1;
                    length += deletes ? -1 : 1;
                }
            }
            producer.flush();
        }
    }
}
