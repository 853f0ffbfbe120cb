package dev.heddle.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The entry point of the registry's JVM: runs the registry's own main class and ends with the parent process.
 *
 * <p>Standard input is a pipe that only the parent holds. The operating system closes it when the parent ends, however
 * it ends, so end of input means: stop. Uses {@code java.base} only, as it runs on the registry's class path.
 */
final class RegistryChild {

    private static final long STOP_DEADLINE_MS = 3_000;

    private RegistryChild() {
    }

    /**
     * Runs the registry.
     *
     * @param args the registry's main class, then its arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(() -> stopAtEndOf(System.in), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("registry: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static void stopAtEndOf(InputStream in) {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (IOException expected) {
            // A broken pipe says the same as its end.
        }
        Thread halt = new Thread(RegistryChild::haltAfterDeadline, "parent-gone-halt");
        halt.setDaemon(true);
        halt.start();
        // The orderly way first: it closes the database.
        System.exit(0);
    }

    private static void haltAfterDeadline() {
        try {
            Thread.sleep(STOP_DEADLINE_MS);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
