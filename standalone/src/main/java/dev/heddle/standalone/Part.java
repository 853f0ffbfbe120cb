package dev.heddle.standalone;

import java.util.Locale;

/** What {@code ./heddle dev} is made of, in the order in which one stands on the other. */
enum Part {
    /** The Kafka broker and controller. */
    BROKER,
    /** The schema registry. */
    REGISTRY,
    /** Orders edits. */
    TRANSFORMER,
    /** Folds and serves reads. */
    SNAPSHOTTER,
    /** Serves people and agents. */
    GATEWAY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
