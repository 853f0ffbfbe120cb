package dev.heddle.standalone;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks an HTTP address until it answers 200. */
final class HttpProbe {

    private static final int TIMEOUT_MS = 2_000;
    private static final long PAUSE_MS = 25;

    private HttpProbe() {
    }

    /**
     * Returns once the address answered 200.
     *
     * @throws Complaint when it has not within the deadline; with the last answer
     */
    static void await(URI address, Duration deadline) throws InterruptedException {
        long start = System.nanoTime();
        String last = ask(address);
        while (!last.isEmpty()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new Complaint(address + " did not become ready within " + deadline.toSeconds() + " s: " + last);
            }
            Thread.sleep(PAUSE_MS);
            last = ask(address);
        }
    }

    /** {@return the empty text for 200, or else what came instead} */
    private static String ask(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                int status = connection.getResponseCode();
                return status == HttpURLConnection.HTTP_OK ? "" : "status " + status;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return e.toString();
        }
    }
}
