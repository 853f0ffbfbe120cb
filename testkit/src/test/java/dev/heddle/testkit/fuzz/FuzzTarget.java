package dev.heddle.testkit.fuzz;

/**
 * Something that reads input from outside. Whatever the input, it must answer or refuse by its typed error; anything
 * else it throws is a finding. One thread.
 */
public interface FuzzTarget {

    /** {@return its name; the saved corpus is the resource {@code <name>.txt}} */
    String name();

    /** {@return whether the corpus is text, a case per line; else it is hexadecimal} */
    boolean text();

    /**
     * Runs one input.
     *
     * @param input the input; not to be changed
     * @return what kind of answer it was; an input that gives a new kind is kept and mutated further
     */
    String run(byte[] input);
}
