package dev.heddle.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Predicate;

/** The {@code text/event-stream} format, as far as this command needs it: the data of each event. Pure. */
final class EventStream {

    private EventStream() {
    }

    /**
     * Reads events until the stream ends or the receiver has had enough.
     *
     * @param lines    the stream
     * @param receiver takes the data of each event; false ends the reading
     * @throws IOException where the stream breaks
     */
    static void read(BufferedReader lines, Predicate<String> receiver) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (data.length() > 0 && !receiver.test(data.substring(0, data.length() - 1))) {
                    return;
                }
                data.setLength(0);
            } else if (line.startsWith("data:")) {
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length()).append('\n');
            }
        }
    }
}
