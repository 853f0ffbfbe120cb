package dev.heddle.testkit.chaos;

/** Somebody who writes without pause until told to stop, whatever happens to the processes. */
interface Writer extends Runnable {

    /** {@return whether everything this writer sent was answered} */
    boolean settled();

    /** {@return what went wrong for good, or null} */
    Throwable failure();

    /** {@return who this is, for messages} */
    String name();

    /** {@return where it writes} */
    String workspace();

    /** {@return the session it writes as} */
    String session();

    /** {@return how many operations it submitted} */
    long submitted();
}
