package dev.heddle.services.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what name an instance is known to its consumer group, over all its starts: the setting, or one drawn once and kept
 * in the state directory, which no two living processes share.
 */
public final class InstanceName {

    /** What a name is made of; Kafka allows no other characters. */
    static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private static final Logger log = LoggerFactory.getLogger(InstanceName.class);
    private static final String SUFFIX = ".instance";
    private static final String ALLOWED = "up to 200 of A-Z a-z 0-9 . _ -, or nothing";

    private InstanceName() {
    }

    /** {@return what checks a name that is set, for a service's settings; empty is one that is drawn} */
    public static ConfigDef.Validator form() {
        return ConfigDef.LambdaValidator.with((setting, name) -> {
            if (!name.toString().isEmpty() && !FORM.matcher(name.toString()).matches()) {
                throw new ConfigException(setting, name, "expected: " + ALLOWED);
            }
        }, () -> ALLOWED);
    }

    /**
     * {@return the name, or nothing where none is set and the directory cannot hold one}
     *
     * @param setting   the name that is set; empty for one that is drawn
     * @param directory the state directory
     * @param group     the consumer group, as several services may keep their stores in one directory
     */
    public static Optional<String> of(String setting, Path directory, String group) {
        if (!setting.isEmpty()) {
            return Optional.of(setting);
        }
        Path file = directory.resolve(group + SUFFIX);
        try {
            if (!Files.exists(file)) {
                draw(directory, file);
            }
            String name = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (FORM.matcher(name).matches()) {
                return Optional.of(name);
            }
            log.warn("{} does not hold the name of an instance; delete it and a new one is drawn", file);
        } catch (IOException unusable) {
            // Streams says so better, as it needs the directory for more.
            log.debug("no name of this instance in {}", directory, unusable);
        }
        return Optional.empty();
    }

    /** A crash in between leaves no half a name behind. */
    private static void draw(Path directory, Path file) throws IOException {
        Files.createDirectories(directory);
        Path whole = Files.createTempFile(directory, file.getFileName().toString(), ".new");
        try {
            Files.writeString(whole, Uuid.randomUuid() + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
