package dev.heddle.bench.growing;

import dev.heddle.engine.text.Change;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.teststack.ClientOps;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Writes to the busy workspaces in turn, at a steady rate that does not slow down with the answers, and takes the time
 * from handing each operation to the producer until its canonical record is read. One thread.
 */
final class Typing {

    private static final int WARM_UP_SECONDS = 10;

    private final Installation installation;
    private final int busy;
    private final int perSecond;
    private final int seconds;
    private final String session = UUID.randomUUID().toString();
    private final Map<String, Integer> sentAs = new HashMap<>();
    private final long[] nanos;
    private int arrived;

    Typing(Installation installation, int busy, int perSecond, int seconds) {
        this.installation = installation;
        this.busy = busy;
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.nanos = new long[perSecond * (WARM_UP_SECONDS + seconds)];
    }

    Latencies run() {
        CanonicalFeed feed = installation.feed();
        long[] startVersions = new long[busy];
        for (int i = 0; i < busy; i++) {
            startVersions[i] = feed.version(installation.workspace(i));
        }
        feed.onArrival(this::arrived);
        long begin = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            while (System.nanoTime() - begin < i * TimeUnit.SECONDS.toNanos(1) / perSecond) {
                feed.poll(Duration.ofMillis(1));
            }
            int workspace = i % busy;
            long seq = i / busy + 1;
            long version = startVersions[workspace] + seq;
            sentAs.put(CanonicalKeys.format(installation.workspace(workspace), version), i);
            nanos[i] = System.nanoTime();
            installation.send(workspace, ClientOps.of(session, seq, version - 1,
                ClientOps.edit("m.txt", List.of(new Change(0, 0, "x")))));
            feed.poll(Duration.ZERO);
        }
        long end = System.nanoTime();
        while (arrived < nanos.length && System.nanoTime() - end < TimeUnit.MINUTES.toNanos(2)) {
            feed.poll(Duration.ofMillis(10));
        }
        if (arrived < nanos.length) {
            throw new IllegalStateException("operations: " + arrived + " came out (expected: " + nanos.length + ")");
        }
        return new Latencies(Arrays.copyOfRange(nanos, perSecond * WARM_UP_SECONDS, nanos.length));
    }

    private void arrived(String workspace, long version, long atNanos) {
        Integer index = sentAs.remove(CanonicalKeys.format(workspace, version));
        if (index != null) {
            nanos[index] = atNanos - nanos[index];
            arrived++;
        }
    }
}
