package dev.heddle.transformer.store;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a part of a workspace's raw log is, and whether that log was found to be another one than before.
 *
 * @param topic      the part's topic
 * @param fromOffset offset of its first record; 0 for the first part
 * @param recreated  whether a record there was not the one decided before: the topic was deleted and created anew
 */
public record Home(String topic, long fromOffset, boolean recreated) {

    /** Checks that the topic is there. */
    public Home {
        Objects.requireNonNull(topic, "topic");
    }

    /** {@return the same place, found to be another log than before} */
    public Home anew() {
        return new Home(topic, fromOffset, true);
    }

    /** {@return the stored form} */
    public byte[] bytes() {
        return ((recreated ? "!" : "=") + topic + (fromOffset == 0 ? "" : "@" + fromOffset))
            .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return the home that these bytes hold}
     *
     * @param bytes the stored form
     */
    public static Home read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.indexOf('@');
        return new Home(text.substring(1, at < 0 ? text.length() : at),
            at < 0 ? 0 : Long.parseLong(text.substring(at + 1)), text.charAt(0) == '!');
    }
}
