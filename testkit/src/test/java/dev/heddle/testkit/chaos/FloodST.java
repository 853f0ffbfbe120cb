package dev.heddle.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ten people who type feel of one client that floods, with the limits an operator gets; with
 * {@code -Dheddle.measure=true}. That everybody is answered and nobody but the flooder is refused is asserted; times
 * are printed for docs/internals/chaos.md and judged there. The flood is as old as the typing when it is measured, for
 * what is measured is the service and not how Java compiles the flooder.
 */
@EnabledIfSystemProperty(named = "heddle.measure", matches = "true")
@Timeout(600)
class FloodST {

    private static final int TYPISTS = 10;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 20;
    private static final long INTERVAL_MS = 100;
    /** To measure with another bound than an operator gets. */
    private static final String UNDER_WAY_MAX = System.getProperty("heddle.flood.under.way.max");

    @TempDir
    Path directory;

    private static final class Client implements AutoCloseable {

        private final SocketFrames frames;
        private final String session = UUID.randomUUID().toString();
        private final Map<Long, Long> sentNanos = new ConcurrentHashMap<>();
        private final List<Long> answeredNanos = java.util.Collections.synchronizedList(new ArrayList<>());
        private final AtomicLong rejected = new AtomicLong();
        private final AtomicLong version = new AtomicLong(-1);
        private long expectedSeq = 1;

        Client(String gateway, String workspace) {
            frames = new SocketFrames(URI.create("ws://" + gateway + "/api/workspaces/" + workspace + "/socket"),
                "heddle.v1", this::receive);
            frames.send("{\"type\":\"hello\",\"session\":\"" + session + "\"}");
            while (version.get() < 0) {
                Pause.ms(5);
            }
        }

        private void receive(JsonNode message) {
            switch (message.path("type").asText()) {
                case "welcome" -> version.set(message.path("version").asLong());
                case "op" -> {
                    version.accumulateAndGet(message.path("version").asLong(), Math::max);
                    Long sent = message.path("session").asText().equals(session)
                        ? sentNanos.remove(message.path("seq").asLong()) : null;
                    if (sent != null) {
                        answeredNanos.add(System.nanoTime() - sent);
                    }
                }
                case "rejected" -> rejected.incrementAndGet();
                default -> {
                    // Presence.
                }
            }
        }

        void submit() {
            sentNanos.put(expectedSeq, System.nanoTime());
            frames.send("{\"type\":\"submit\",\"seq\":" + expectedSeq++ + ",\"base\":" + version.get()
                + ",\"op\":{\"kind\":\"noop\"}}");
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    @Test
    void shouldAnswerTenWhoTypeWhileOneFloods() {
        try (Cluster cluster = new Cluster(new ClusterSettings(1, 1, 1, 1, 512, Map.of(), UNDER_WAY_MAX == null
            ? Map.of() : Map.of("heddle.gateway.socket.under.way.max", UNDER_WAY_MAX)), directory)) {
            cluster.start();
            HeddleRest rest = new HeddleRest(cluster.gateways().get(0));
            rest.createWorkspace("flood");
            rest.put("flood", "a.txt", "a");
            List<Client> typists = new ArrayList<>();
            for (int i = 0; i < TYPISTS; i++) {
                typists.add(new Client(cluster.gateways().get(0), "flood"));
            }
            type(typists, WARM_UP_SECONDS);
            typists.forEach(each -> each.answeredNanos.clear());
            double alone = figures("ten typing alone", typists, type(typists, SECONDS));
            try (Client flooder = new Client(cluster.gateways().get(0), "flood")) {
                Thread flood = new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        flooder.submit();
                    }
                }, "flood");
                flood.setDaemon(true);
                flood.start();
                type(typists, WARM_UP_SECONDS);
                typists.forEach(each -> each.answeredNanos.clear());
                flooder.answeredNanos.clear();
                double flooded = figures("ten typing beside one that floods", typists, type(typists, SECONDS));
                System.out.printf(Locale.ROOT, "flooder: %.0f operations a second, %d refused; p99 of the others %.1f "
                    + "times as long%n", flooder.answeredNanos.size() / (double) SECONDS, flooder.rejected.get(),
                    flooded / alone);
                flood.interrupt();
                assertThat(flooder.answeredNanos).isNotEmpty();
            }
            assertThat(typists).allSatisfy(each -> assertThat(each.rejected).hasValue(0));
            assertThat(typists).allSatisfy(each -> assertThat(each.sentNanos).isEmpty());
            typists.forEach(Client::close);
        }
    }

    private static long type(List<Client> typists, int seconds) {
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < seconds * 1_000_000_000L) {
            for (Client each : typists) {
                each.submit();
                count++;
                Pause.ms(INTERVAL_MS / TYPISTS);
            }
        }
        long waiting = System.nanoTime();
        while (typists.stream().anyMatch(each -> !each.sentNanos.isEmpty())
            && System.nanoTime() - waiting < 30_000_000_000L) {
            Pause.ms(10);
        }
        return count;
    }

    private static double figures(String what, List<Client> typists, long sent) {
        long[] nanos = typists.stream().flatMap(each -> each.answeredNanos.stream()).mapToLong(Long::longValue)
            .sorted().toArray();
        double p99 = nanos[nanos.length * 99 / 100] / 1e6;
        System.out.printf(Locale.ROOT, "%s: %d sent, %d answered, p50 %.1f ms, p99 %.1f ms, max %.1f ms%n", what, sent,
            nanos.length, nanos[nanos.length / 2] / 1e6, p99, nanos[nanos.length - 1] / 1e6);
        return p99;
    }
}
