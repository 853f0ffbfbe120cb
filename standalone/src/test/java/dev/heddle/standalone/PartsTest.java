package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PartsTest {

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final Parts parts = new Parts(new Progress(new PrintStream(terminal, true, StandardCharsets.UTF_8)));
    private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldStopTheUpperLayersFirstWhateverWasReadyFirst() {
        for (Part part : List.of(Part.GATEWAY, Part.BROKER, Part.TRANSFORMER)) {
            Parts.await(parts.start(part, () -> running(part), each -> true, each -> "here"));
        }

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("gateway", "transformer", "broker");
    }

    @Test
    void shouldStopAPartThatBecomesReadyAfterTheEnd() {
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<AutoCloseable> late = parts.start(Part.GATEWAY, () -> {
            ended.await();
            return running(Part.GATEWAY);
        }, each -> true, each -> "here");

        parts.close();
        ended.countDown();
        Parts.await(late);

        assertThat(stopped).containsExactly("gateway");
    }

    @Test
    void shouldStopTheOthersWhenOneFailsToStop() {
        Parts.await(parts.start(Part.GATEWAY, () -> () -> {
            throw new IllegalStateException("stuck");
        }, each -> true, each -> "here"));
        Parts.await(parts.start(Part.BROKER, () -> running(Part.BROKER), each -> true, each -> "here"));

        parts.close();

        assertThat(stopped).containsExactly("broker");
    }

    @Test
    void shouldSayWhichPartDidNotStartAndWhy() {
        CompletableFuture<AutoCloseable> part = parts.start(Part.SNAPSHOTTER, () -> {
            throw new IllegalStateException("heddle.shards: 0 (expected: at least 1)");
        }, each -> true, each -> "here");

        assertThatThrownBy(() -> Parts.await(part))
            .isInstanceOf(Complaint.class)
            .hasMessage("snapshotter did not start: heddle.shards: 0 (expected: at least 1)");
        assertThat(terminal.size()).isZero();
    }

    @Test
    void shouldShowOneLinePerPart() {
        Parts.await(parts.start(Part.BROKER, () -> running(Part.BROKER), each -> true, each -> "127.0.0.1:9092"));

        assertThat(terminal.toString(StandardCharsets.UTF_8)).matches("  broker +127\\.0\\.0\\.1:9092 +[0-9,]+ ms\\R");
    }

    @Test
    void shouldShowAPartOnlyOnceItServes() {
        AtomicInteger asked = new AtomicInteger();

        Parts.await(parts.start(Part.BROKER, () -> running(Part.BROKER), each -> asked.incrementAndGet() == 3,
            each -> "asked " + asked));

        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("asked 3");
    }

    private AutoCloseable running(Part part) {
        return () -> stopped.add(part.toString());
    }
}
