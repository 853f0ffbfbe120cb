package dev.heddle.schemas.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** Writes the settings of a {@code ConfigDef} as a Markdown table, for the reference pages. */
public final class ConfigMarkdown {

    private ConfigMarkdown() {
    }

    /**
     * {@return a table of settings: the most important first, those without default before the others, then by name}
     *
     * @param definition the settings
     */
    public static String table(ConfigDef definition) {
        List<ConfigDef.ConfigKey> keys = definition.configKeys().values().stream()
            .filter(key -> !key.internalConfig)
            .sorted(Comparator.<ConfigDef.ConfigKey, ConfigDef.Importance>comparing(key -> key.importance)
                .thenComparing(key -> key.hasDefault()).thenComparing(key -> key.name))
            .toList();
        StringBuilder table = new StringBuilder("""
            | setting | type | default | allowed | importance | meaning |
            | --- | --- | --- | --- | --- | --- |
            """);
        for (ConfigDef.ConfigKey key : keys) {
            table.append("| `").append(key.name).append("` | ").append(key.type.name().toLowerCase(Locale.ROOT))
                .append(" | ").append(byDefault(key))
                .append(" | ").append(allowed(key))
                .append(" | ").append(key.importance.name().toLowerCase(Locale.ROOT))
                .append(" | ").append(cell(key.documentation)).append(" |\n");
        }
        return table.toString();
    }

    private static String byDefault(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "**required**";
        }
        String value = key.defaultValue == null ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
        return value.isEmpty() ? "none" : '`' + value + '`';
    }

    private static String allowed(ConfigDef.ConfigKey key) {
        return key.validator == null ? "" : cell(key.validator.toString());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
