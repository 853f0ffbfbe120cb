package dev.heddle.schemas.topic;

import java.util.Locale;

/** The two kinds of topics that a workspace's raw log can be in. */
public enum PlaceKind {

    /** A topic of the workspace's own: {@code heddle.ops.<shard>.<workspace>}. */
    OWN,
    /** The topic that workspaces of a shard may share, told apart by record key: {@code heddle.ops.<shard>}. */
    SHARED;

    /** {@return the name as it stands in settings, requests and answers} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the kind of a name}
     *
     * @param text {@code own} or {@code shared}
     * @throws IllegalArgumentException where it is neither
     */
    public static PlaceKind parse(String text) {
        for (PlaceKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("place: " + text + " (expected: own or shared)");
    }

    /**
     * {@return what kind an ops topic is of}
     *
     * @param opsTopic the topic's name
     */
    public static PlaceKind of(String opsTopic) {
        return opsTopic.indexOf('.', Topics.OPS_PREFIX.length()) < 0 ? SHARED : OWN;
    }

    /** {@return the other kind} */
    public PlaceKind other() {
        return this == OWN ? SHARED : OWN;
    }
}
