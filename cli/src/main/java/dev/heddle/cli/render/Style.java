package dev.heddle.cli.render;

/** Colours of a terminal, or none: every method returns its text unchanged when colour is off. Immutable. */
public final class Style {

    /** No colour at all. */
    public static final Style PLAIN = new Style(false);

    /** ANSI colours. */
    public static final Style COLOUR = new Style(true);

    private static final int[] AUTHOR_COLOURS = {36, 33, 35, 32, 34, 96, 93, 95, 92, 94};

    private final boolean colour;

    private Style(boolean colour) {
        this.colour = colour;
    }

    /** {@return whether colours are written} */
    public boolean colourful() {
        return colour;
    }

    /**
     * {@return the text in bold}
     *
     * @param text the text
     */
    public String bold(String text) {
        return paint("1", text);
    }

    /**
     * {@return the text in a quiet grey}
     *
     * @param text the text
     */
    public String dim(String text) {
        return paint("2", text);
    }

    /**
     * {@return the text in green: added, or good}
     *
     * @param text the text
     */
    public String green(String text) {
        return paint("32", text);
    }

    /**
     * {@return the text in red: removed, or bad}
     *
     * @param text the text
     */
    public String red(String text) {
        return paint("31", text);
    }

    /**
     * {@return the text in yellow: a warning, or a version number}
     *
     * @param text the text
     */
    public String yellow(String text) {
        return paint("33", text);
    }

    /**
     * {@return the text in cyan}
     *
     * @param text the text
     */
    public String cyan(String text) {
        return paint("36", text);
    }

    /**
     * {@return an author's name in a colour that is always the same for that name}
     *
     * @param name the author's name
     */
    public String author(String name) {
        return paint(Integer.toString(AUTHOR_COLOURS[Math.floorMod(name.hashCode(), AUTHOR_COLOURS.length)]), name);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
