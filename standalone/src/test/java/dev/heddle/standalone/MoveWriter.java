package dev.heddle.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes one line after the other, each until it is accepted; a refused one is said again with the same number. */
final class MoveWriter {

    /** Writes a line and waits for what becomes of it. */
    @FunctionalInterface
    interface Attempt {
        /** {@return whether the line was accepted; else it is to be written again} */
        boolean write(String session, long seq, String line) throws Exception;
    }

    private final String name;
    private final AtomicBoolean stop;
    private final Attempt attempt;
    private final String session = MoveIT.session();
    private final List<String> lines = new ArrayList<>();
    private final Thread thread = new Thread(this::run);
    private long refusals;
    private Exception failure;

    MoveWriter(String name, AtomicBoolean stop, Attempt attempt) {
        this.name = name;
        this.stop = stop;
        this.attempt = attempt;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (long seq = 1; !stop.get(); seq++) {
                String line = name + "-" + seq;
                while (!attempt.write(session, seq, line + "\n")) {
                    refused();
                }
                accepted(line);
            }
        } catch (Exception | AssertionError e) {
            synchronized (this) {
                failure = new IllegalStateException(name, e);
                notifyAll();
            }
        }
    }

    private synchronized void refused() {
        refusals++;
    }

    private synchronized void accepted(String line) {
        lines.add(line);
        notifyAll();
    }

    synchronized int written() {
        return lines.size();
    }

    synchronized long refusals() {
        return refusals;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until so many lines were accepted. */
    synchronized void await(int count) throws InterruptedException {
        while (lines.size() < count) {
            check();
            wait(1_000);
        }
    }

    /** Waits for the end. */
    void await() throws InterruptedException {
        thread.join();
        check();
    }

    private synchronized void check() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
