package dev.heddle.cli.render;

/** Numbers of things in sentences. Pure. */
public final class Count {

    private Count() {
    }

    /**
     * {@return a number and what is counted, such as {@code 1 file} or {@code 2 files}}
     *
     * @param number how many
     * @param thing  what one of them is called; more take an {@code s}
     */
    public static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /**
     * {@return {@code is} for one, {@code are} for any other number}
     *
     * @param number how many
     */
    public static String are(long number) {
        return number == 1 ? "is" : "are";
    }
}
