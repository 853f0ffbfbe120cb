package dev.heddle.bench.growing;

import dev.heddle.schemas.topic.PlaceKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How quick an installation of so many workspaces is, and how soon it is there after a start: a real broker and a real
 * transformer in this JVM, a registry beside it.
 */
public final class GrowingBench {

    private static final int WORKSPACES = 1;
    private static final int BUSY = 2;
    private static final int PER_SECOND = 3;
    private static final int SECONDS = 4;
    private static final int THREADS = 5;

    private GrowingBench() {
    }

    /**
     * Measures one installation and prints one line.
     *
     * @param arguments place ({@code own} or {@code shared}), number of workspaces, busy ones among them, operations
     *                  per second of all busy ones together, seconds measured, transformer threads; all but the first
     *                  two have defaults; behind the last of them settings of the transformer as {@code name=value}
     */
    public static void main(String[] arguments) {
        PlaceKind place = PlaceKind.parse(arguments[0]);
        int workspaces = Integer.parseInt(arguments[WORKSPACES]);
        int busy = Math.min(workspaces, number(arguments, BUSY, 100));
        int perSecond = number(arguments, PER_SECOND, 200);
        int threads = number(arguments, THREADS, 1);
        Map<String, String> settings = new HashMap<>(Installation.settings(arguments));
        settings.put("num.stream.threads", Integer.toString(threads));
        try (Installation installation = new Installation(place, workspaces, settings)) {
            installation.createTopics();
            double firstStart = installation.start(busy);
            double filling = installation.fill(busy);
            double restart = installation.restart(busy);
            Typing typing = new Typing(installation, busy, perSecond, number(arguments, SECONDS, 20));
            Latencies latencies = typing.run();
            System.out.printf(Locale.ROOT, "| %s | %,d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                place.text(), workspaces, busy, perSecond, threads, latencies.quantileMs(0.5),
                latencies.quantileMs(0.9), latencies.quantileMs(0.99), firstStart, filling, restart);
        }
        // Clients of the broker may still be winding down; the figures are out.
        System.exit(0);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        boolean given = arguments.length > index && !arguments[index].contains("=");
        return given ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
