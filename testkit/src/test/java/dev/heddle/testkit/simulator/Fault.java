package dev.heddle.testkit.simulator;

/** Bugs that can be planted, so that each invariant can be seen to go red. */
public enum Fault {
    /** None: Heddle as it is. */
    NONE,
    /** The sequencer commits its input before what it made of it has reached the brokers. */
    COMMIT_BEFORE_FLUSH,
    /** Some of what the sequencer sends is lost for good, and it commits all the same. */
    LOST_SEND,
    /** The sequencer takes the time from its own clock and not from the log. */
    OWN_CLOCK,
    /** The sequencer writes another author into a record than it hashed. */
    BROKEN_CHAIN,
    /** The sequencer passes over an input record now and then. */
    SKIPPED_RECORD,
    /** A client that connects again gives unanswered operations new numbers. */
    RESEND_AS_NEW,
    /** Gateways pass on what the sequencer has sent before the log has it. */
    ACK_BEFORE_COMMIT,
    /** Gateways do not pass rejections on. */
    LOST_ANSWER,
    /** Clients read another text than others committed. */
    GARBLED_OP,
    /** The snapshotter claims to be further than it is. */
    SNAPSHOT_AHEAD,
    /** The snapshotter writes another text than it folded. */
    SNAPSHOT_GARBLED,
    /** The snapshotter removes versions that nothing covers yet. */
    TOMBSTONE_EARLY,
    /** The snapshotter passes over a record of the canonical log now and then. */
    MISSED_FOLD
}
