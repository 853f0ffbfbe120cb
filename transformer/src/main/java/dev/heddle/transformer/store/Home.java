package dev.heddle.transformer.store;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a workspace's raw log is, and whether that log was found to be another one than before.
 *
 * @param topic     the topic of its first decided record
 * @param recreated whether a record there was not the one decided before: the topic was deleted and created anew
 */
public record Home(String topic, boolean recreated) {

    /** Checks that the topic is there. */
    public Home {
        Objects.requireNonNull(topic, "topic");
    }

    /** {@return the stored form} */
    public byte[] bytes() {
        return ((recreated ? "!" : "=") + topic).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@return the home that these bytes hold}
     *
     * @param bytes the stored form
     */
    public static Home read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new Home(text.substring(1), text.charAt(0) == '!');
    }
}
