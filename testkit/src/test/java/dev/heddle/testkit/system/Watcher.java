package dev.heddle.testkit.system;

import dev.heddle.teststack.HeddleRest;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a service again and again whether it is ready, from before it listens, and remembers whether it ever was. */
final class Watcher implements AutoCloseable {

    private static final long PAUSE_MS = 5;

    private final HeddleRest service;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final Thread thread = new Thread(this::watch, "readiness-watcher");
    private volatile boolean closed;

    Watcher(String address) {
        service = new HeddleRest(address);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            try {
                int status = service.send("GET", "/health/ready", null).statusCode();
                asked.incrementAndGet();
                if (status == 200) {
                    ready.incrementAndGet();
                }
                Thread.sleep(PAUSE_MS);
            } catch (UncheckedIOException notYet) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** {@return how often it said something} */
    int asked() {
        return asked.get();
    }

    /** {@return how often it said that it is ready} */
    int ready() {
        return ready.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
