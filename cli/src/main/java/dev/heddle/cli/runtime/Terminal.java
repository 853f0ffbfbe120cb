package dev.heddle.cli.runtime;

import java.io.Console;

/** Whether a person watches. */
final class Terminal {

    private Terminal() {
    }

    /** {@return whether standard input and output belong to a terminal} */
    static boolean present() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal too, and a method that tells.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException ignored) {
            return true;
        }
    }
}
