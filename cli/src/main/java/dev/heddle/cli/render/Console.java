package dev.heddle.cli.render;

import java.io.PrintStream;
import java.util.Map;

/**
 * Standard output and standard error as the verbs see them. Results go to {@link #out()}, everything else to
 * {@link #error()}, so that output can be piped. One thread at a time.
 */
public final class Console {

    private final PrintStream out;
    private final PrintStream error;
    private final boolean terminal;
    private final Map<String, String> environment;
    private Style style;

    /**
     * A console.
     *
     * @param out         where results go
     * @param error       where progress and errors go
     * @param terminal    whether a person watches: both streams belong to a terminal
     * @param environment the environment variables; {@code NO_COLOR} set to anything but empty turns colour off,
     *                    {@code TERM=dumb} too
     */
    public Console(PrintStream out, PrintStream error, boolean terminal, Map<String, String> environment) {
        this.out = out;
        this.error = error;
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        colour(Colour.AUTO);
    }

    /** When to write colours. */
    public enum Colour {
        /** On a terminal, unless {@code NO_COLOR} is set. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /**
     * Says when to write colours.
     *
     * @param colour when
     */
    public void colour(Colour colour) {
        boolean wanted = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
        style = colour == Colour.ALWAYS || colour == Colour.AUTO && wanted ? Style.COLOUR : Style.PLAIN;
    }

    /** {@return where results go} */
    public PrintStream out() {
        return out;
    }

    /** {@return where progress and errors go} */
    public PrintStream error() {
        return error;
    }

    /** {@return whether a person watches} */
    public boolean terminal() {
        return terminal;
    }

    /** {@return the colours to use} */
    public Style style() {
        return style;
    }

    /**
     * Prints one line of the result.
     *
     * @param text the line, without its end
     */
    public void line(String text) {
        out.print(text);
        out.print('\n');
    }

    /**
     * {@return an environment variable, or null}
     *
     * @param name its name
     */
    public String environment(String name) {
        return environment.get(name);
    }
}
