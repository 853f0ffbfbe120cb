package dev.heddle.cli.doctor;

/**
 * One thing the doctor looked at.
 *
 * @param check  which of its checks: broker, registry, topics, services, settings, versions, clocks, lag
 * @param level  how it stands
 * @param detail what was found: the thing, the value, the rule
 * @param advice what to do, or null where all is well
 */
public record Diagnosis(String check, Level level, String detail, String advice) {

    /** How a thing stands. */
    public enum Level {
        /** As it should be. */
        GOOD,
        /** It works, and will not for long or not well. */
        WARNING,
        /** It does not work. */
        FAULT
    }

    static Diagnosis good(String check, String detail) {
        return new Diagnosis(check, Level.GOOD, detail, null);
    }

    static Diagnosis warning(String check, String detail, String advice) {
        return new Diagnosis(check, Level.WARNING, detail, advice);
    }

    static Diagnosis fault(String check, String detail, String advice) {
        return new Diagnosis(check, Level.FAULT, detail, advice);
    }
}
