package dev.heddle.testkit.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own that can be started again, killed, paused and told to stop. Thread-safe. */
public final class ChildProcess {

    private static final int LOG_TAIL_LINES = 15;

    private final String name;
    private final List<String> command;
    private final Path log;
    private Process process;

    /**
     * A program, not yet started.
     *
     * @param name      what it is called in messages, such as {@code gateway-1}
     * @param heapMb    its Java heap in MiB
     * @param mainClass the class to run
     * @param arguments its arguments
     * @param log       file that takes what it prints; written from its end
     */
    public ChildProcess(String name, int heapMb, String mainClass, List<String> arguments, Path log) {
        this.name = name;
        this.log = log;
        // Short-lived programs: what the optimising compiler would cost is more than it would give.
        this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMb + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), mainClass));
        this.command.addAll(arguments);
    }

    /** {@return what it is called} */
    public String name() {
        return name;
    }

    /** Starts it; it must not run. */
    public synchronized void start() {
        if (alive()) {
            throw new IllegalStateException(name + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        // The outer JVM's options are for the outer JVM; a test's logging is not the program's.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** {@return whether it was started and has not ended} */
    public synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /** Ends it at once, as {@code kill -9} does; returns when it has ended. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(10_000);
        }
    }

    /** Freezes it (SIGSTOP): it keeps its connections and does nothing. */
    public void pause() {
        signal("STOP");
    }

    /** Wakes it up (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    /** Tells it to stop (SIGTERM) and does not wait. */
    public void terminate() {
        signal("TERM");
    }

    /**
     * {@return its exit status, waited for}
     *
     * @param waitMs how long at most, in milliseconds
     * @throws AssertionError when it has not ended by then; with the end of its log
     */
    public int awaitExit(long waitMs) {
        Process running = running();
        try {
            if (!running.waitFor(waitMs, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + waitMs + " ms; its log ends with\n"
                    + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return running.exitValue();
    }

    private synchronized Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    private void signal(String signal) {
        Process running = running();
        if (!running.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(running.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("kill -" + signal + " " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return everything it printed} */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the last lines it printed} */
    public String logTail() {
        List<String> lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }
}
