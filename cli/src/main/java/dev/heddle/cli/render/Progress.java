package dev.heddle.cli.render;

import java.time.Clock;

/**
 * A progress bar on standard error, drawn at most ten times a second and only on a terminal; it wipes itself away
 * when closed. One thread.
 */
public final class Progress implements AutoCloseable {

    private static final int WIDTH = 28;
    private static final long REDRAW_MS = 100;

    private final Console console;
    private final Clock clock;
    private final String label;
    private final long startMs;
    private long total;
    private long done;
    private long drawnMs;

    /**
     * A bar at zero.
     *
     * @param console where to draw
     * @param clock   for the rate
     * @param label   what is being done, such as {@code verifying}
     * @param total   units to do, or 0 where that is not known
     */
    public Progress(Console console, Clock clock, String label, long total) {
        this.console = console;
        this.clock = clock;
        this.label = label;
        this.total = total;
        this.startMs = clock.millis();
    }

    /**
     * More was done.
     *
     * @param units how much more
     */
    public void advance(long units) {
        done += units;
        if (console.terminal()) {
            draw();
        }
    }

    /**
     * Sets how much there is to do, once that is known.
     *
     * @param units units to do
     */
    public void total(long units) {
        total = units;
    }

    /** {@return units done} */
    public long done() {
        return done;
    }

    /** {@return milliseconds since this bar was made} */
    public long elapsedMs() {
        return clock.millis() - startMs;
    }

    private void draw() {
        long now = clock.millis();
        if (now - drawnMs < REDRAW_MS) {
            return;
        }
        drawnMs = now;
        long rate = done * 1_000 / Math.max(1, now - startMs);
        StringBuilder text = new StringBuilder("\r").append(label).append(' ');
        if (total > 0) {
            int filled = (int) Math.min(WIDTH, done * WIDTH / total);
            text.append('[').append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ")
                .append(Math.min(100, done * 100 / total)).append("% ");
        }
        text.append(String.format("%,d", done)).append(total > 0 ? String.format(" of %,d", total) : "")
            .append(String.format(" · %,d/s ", rate));
        console.error().print(text + "\u001b[K");
        console.error().flush();
    }

    @Override
    public void close() {
        if (drawnMs != 0) {
            console.error().print("\r\u001b[K");
            console.error().flush();
        }
    }
}
