package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.export.TextFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A service's settings file: {@code name=value} lines, as Java properties. Stateless. */
final class SettingsFile {

    private SettingsFile() {
    }

    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFiles.read(file)));
        } catch (IOException | IllegalArgumentException error) {
            throw CliException.local(file + " is not a settings file: " + error.getMessage(), error);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
