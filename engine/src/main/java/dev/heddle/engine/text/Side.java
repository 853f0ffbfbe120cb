package dev.heddle.engine.text;

/** Where an operation's inserts go when the other operation inserts at the very same place. */
public enum Side {
    /** Left of the other's text: what is incoming, over what is committed. */
    LEFT,
    /** Right of the other's text: what is committed, over what is pending. */
    RIGHT
}
