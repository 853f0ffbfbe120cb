package dev.heddle.schemas.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.ConfigException;

/**
 * How an operation came into its raw log: through a gateway, which answers for its author, or straight from another
 * Kafka client under a name of that client's choice. Immutable; any thread.
 *
 * <p>A gateway says so in the record header {@link #HEADER}. Where gateways and transformers share a key, it signs what
 * it says (HMAC-SHA256 over topic, a zero byte and the value), and who has no key cannot pass for one. Without a key
 * whoever may write raw logs is taken at its word.
 */
public final class Via {

    /** The header of raw records. */
    public static final String HEADER = "heddle-via";
    /** Through a gateway. */
    public static final String GATEWAY = "gateway";
    /** Straight from another Kafka client. */
    public static final String KAFKA = "kafka";
    /** Nobody has a key: whoever says that it is a gateway is taken at its word. */
    public static final Via UNSIGNED = new Via(List.of());

    private static final String SIGNATURE = " hmac-sha256=";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES_MIN = 32;
    private static final int HEADER_BYTES_MAX = 200;

    private final List<byte[]> keys;

    private Via(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * {@return the rule with keys}
     *
     * @param keys the first signs, all are taken; each 32 bytes or more
     */
    public static Via signed(List<byte[]> keys) {
        for (byte[] key : keys) {
            if (key.length < KEY_BYTES_MIN) {
                throw new IllegalArgumentException("key of " + key.length + " bytes (expected: " + KEY_BYTES_MIN
                    + " or more)");
            }
        }
        return new Via(keys.stream().map(byte[]::clone).toList());
    }

    /**
     * {@return the rule as a setting has it}
     *
     * @param setting the setting's name, for the message
     * @param file    a file with one key per line, or null for none
     * @throws ConfigException where the file cannot be read or a key is too short
     */
    public static Via ofFile(String setting, String file) {
        if (file == null) {
            return UNSIGNED;
        }
        try {
            List<byte[]> keys = Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
            if (keys.isEmpty()) {
                throw new ConfigException(setting, file, "has no key (expected: one per line)");
            }
            return signed(keys);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new ConfigException(setting, file, unusable.toString());
        }
    }

    /**
     * {@return what a gateway puts into the header of a raw record}
     *
     * @param topic the record's topic
     * @param value the record's value
     */
    public byte[] header(String topic, byte[] value) {
        String said = keys.isEmpty() ? GATEWAY : GATEWAY + SIGNATURE
            + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(keys.get(0), topic, value));
        return said.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * {@return {@link #GATEWAY} or {@link #KAFKA}, which goes into the canonical record}
     *
     * @param topic  the raw record's topic
     * @param header what its header {@link #HEADER} says, or null where it has none
     * @param value  its value
     */
    public String of(String topic, byte[] header, byte[] value) {
        if (header == null || header.length > HEADER_BYTES_MAX) {
            return KAFKA;
        }
        String said = new String(header, StandardCharsets.US_ASCII);
        if (keys.isEmpty()) {
            return said.equals(GATEWAY) || said.startsWith(GATEWAY + SIGNATURE) ? GATEWAY : KAFKA;
        }
        return said.startsWith(GATEWAY + SIGNATURE)
            && matches(said.substring((GATEWAY + SIGNATURE).length()), topic, value) ? GATEWAY : KAFKA;
    }

    private boolean matches(String base64, String topic, byte[] value) {
        try {
            byte[] given = Base64.getUrlDecoder().decode(base64);
            return keys.stream().anyMatch(key -> MessageDigest.isEqual(given, signature(key, topic, value)));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] signature(byte[] key, String topic, byte[] value) {
        Objects.requireNonNull(value, "value");
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(topic.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /**
     * {@return by how many bytes a canonical record is longer that says this, than one that says nothing}
     *
     * @param said {@link #GATEWAY}, {@link #KAFKA} or null
     */
    public static int extraBytes(String said) {
        return said == null ? 0 : said.length() + 1;
    }
}
