package dev.heddle.cli;

import java.util.Objects;

/** An error a person can act on: what happened, what to do about it, and how the process ends. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String code;
    private final String hint;

    /**
     * An error.
     *
     * @param exitCode how the process ends
     * @param code     a stable upper-case name of the error, such as {@code UNKNOWN_FILE}
     * @param message  names the thing, the value and the rule
     * @param hint     what to do about it, or null
     */
    public CliException(ExitCode exitCode, String code, String message, String hint) {
        super(Objects.requireNonNull(message, "message"));
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
        this.code = Objects.requireNonNull(code, "code");
        this.hint = hint;
    }

    /**
     * {@return an error of the command line}
     *
     * @param message names the option, the value and the rule
     */
    public static CliException usage(String message) {
        return new CliException(ExitCode.USAGE, "USAGE", message, null);
    }

    /**
     * {@return an error of a local file or folder}
     *
     * @param message names the file and what is wrong with it
     * @param cause   what the machine said, or null
     */
    public static CliException local(String message, Exception cause) {
        CliException error = new CliException(ExitCode.LOCAL, "LOCAL", message, null);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /**
     * {@return the same error with advice}
     *
     * @param advice what to do about it
     */
    public CliException withHint(String advice) {
        CliException error = new CliException(exitCode, code, getMessage(), advice);
        error.initCause(getCause());
        return error;
    }

    /** {@return how the process ends} */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** {@return a stable upper-case name of the error} */
    public String code() {
        return code;
    }

    /** {@return what to do about it, or null} */
    public String hint() {
        return hint;
    }
}
