package dev.heddle.cli;

/** What the command's exit code says; the numbers are permanent and documented in {@code docs/reference/cli.md}. */
public enum ExitCode {
    /** Done. */
    OK(0, "Done."),
    /** The command ran and the answer is no. */
    DIFFERENT(1, "It ran and the answer is no: `verify` found a difference, `doctor` a fault, `undo` or `import` left "
        + "something out, or there was nothing to undo."),
    /** The command line itself is wrong. */
    USAGE(2, "The command line is wrong; nothing was done."),
    /** The server refused. */
    REFUSED(3,
        "The server refused: unknown workspace or file, a rejected operation. The same call gets the same answer."),
    /** A server did not answer. */
    UNAVAILABLE(4, "Gateway, broker or registry did not answer. The same call may work later."),
    /** A local file or folder could not be used. */
    LOCAL(5, "A local file or folder could not be read or written, or is not what was expected."),
    /** A defect of the command itself. */
    INTERNAL(70, "A defect of this command; please report it.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** {@return the number the process ends with} */
    public int number() {
        return number;
    }

    /** {@return one sentence for the reference page} */
    public String meaning() {
        return meaning;
    }
}
