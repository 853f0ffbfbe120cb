package dev.heddle.schemas.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Brings a service's settings together: a properties file, then the environment, then arguments, each over the one
 * before. Pure but for reading the file.
 *
 * <p>An environment variable {@code HEDDLE_X_Y} (or {@code KAFKA_X_Y}, which yields to it) sets whichever of
 * {@code heddle.x.y} and {@code x.y} the service or a Kafka client knows. Names of others' settings are let through, so
 * that one file may serve all services.
 */
public final class ServiceConfig {

    /** The argument and, in its own way, the environment variable that name the properties file. */
    public static final String FILE_ARGUMENT = "--config";
    /** The environment variable that names the properties file. */
    public static final String FILE_VARIABLE = "HEDDLE_CONFIG_FILE";

    private static final String OWN_PREFIX = "heddle.";
    private static final List<String> VARIABLE_PREFIXES = List.of("KAFKA_", "HEDDLE_");
    private static final List<String> CLIENT_PREFIXES = List.of("producer.", "consumer.", "admin.", "sasl.", "ssl.",
        "security.", "schema.registry.");
    private static final List<String> SECRET_WORDS = List.of("password", "secret", "jaas", "token", "credential",
        "user.info", "ssl.keystore.key", "private.key");
    private static final String HIDDEN = "[hidden]";

    private ServiceConfig() {
    }

    /**
     * {@return the settings by name, not yet parsed}
     *
     * @param definition  the settings the service knows
     * @param ownPrefix   beginning of names that only this service has, such as {@code heddle.gateway.}; a setting with
     *                    it that the definition does not know is an error
     * @param environment the process environment
     * @param arguments   {@code --config FILE}, {@code name=value} or {@code --name=value}
     * @throws ConfigException where the file cannot be read, an argument is of another form, or a name is unknown
     */
    public static Map<String, String> load(ConfigDef definition, String ownPrefix, Map<String, String> environment,
                                           List<String> arguments) {
        Map<String, String> fromArguments = new TreeMap<>();
        String file = readArguments(arguments, environment.get(FILE_VARIABLE), fromArguments);
        Map<String, String> settings = new TreeMap<>();
        if (file != null) {
            settings.putAll(readFile(Path.of(file)));
        }
        settings.putAll(fromEnvironment(definition, environment));
        settings.putAll(fromArguments);
        checkOwn(definition, ownPrefix, settings.keySet());
        return settings;
    }

    private static String readArguments(List<String> arguments, String fileByDefault, Map<String, String> settings) {
        String file = fileByDefault;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(FILE_ARGUMENT) && i + 1 < arguments.size()) {
                file = arguments.get(++i);
                continue;
            }
            String setting = argument.startsWith("--") ? argument.substring(2) : argument;
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ConfigException("argument: " + argument
                    + " (expected: --config FILE, name=value or --name=value)");
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return file;
    }

    private static Map<String, String> readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigException(FILE_ARGUMENT, file, "cannot be read: " + unreadable);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name).trim()));
        return settings;
    }

    private static Map<String, String> fromEnvironment(ConfigDef definition, Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        for (String prefix : VARIABLE_PREFIXES) {
            environment.forEach((variable, value) -> {
                if (variable.startsWith(prefix) && !variable.equals(FILE_VARIABLE)) {
                    String name = settingName(definition, variable.substring(prefix.length()));
                    if (name != null) {
                        settings.put(name, value);
                    }
                }
            });
        }
        return settings;
    }

    /** As in Kafka's own images: one underscore is a dot, two are an underscore, three are a hyphen. */
    private static String settingName(ConfigDef definition, String variable) {
        String name = variable.toLowerCase(Locale.ROOT).replace("___", "-").replace("__", "\u0000").replace('_', '.')
            .replace('\u0000', '_');
        if (definition.names().contains(OWN_PREFIX + name)) {
            return OWN_PREFIX + name;
        }
        boolean known = definition.names().contains(name) || ClientNames.ALL.contains(name)
            || CLIENT_PREFIXES.stream().anyMatch(name::startsWith);
        return known ? name : null;
    }

    private static void checkOwn(ConfigDef definition, String ownPrefix, Set<String> names) {
        for (String name : names) {
            if (name.startsWith(ownPrefix) && !definition.names().contains(name)) {
                throw new ConfigException("unknown setting " + name + " (expected: one of "
                    + definition.names().stream().filter(known -> known.startsWith(ownPrefix)).sorted().toList() + ")");
            }
        }
    }

    /**
     * {@return the settings in force, defaults included, one per line and sorted, with secrets hidden}
     *
     * @param definition the settings the service knows
     * @param settings   the settings given
     * @throws ConfigException where one is missing or not allowed
     */
    public static String effective(ConfigDef definition, Map<String, String> settings) {
        Map<String, Object> parsed = definition.parse(settings);
        Collection<String> names = new TreeSet<>(parsed.keySet());
        names.addAll(settings.keySet());
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            ConfigDef.ConfigKey key = definition.configKeys().get(name);
            Object value = parsed.containsKey(name) ? parsed.get(name) : settings.get(name);
            boolean secret = value != null && (secret(name) || key != null && key.type == ConfigDef.Type.PASSWORD);
            lines.append(name).append(" = ").append(secret ? HIDDEN : shown(key, value))
                .append(settings.containsKey(name) ? "" : " (default)").append('\n');
        }
        return lines.toString();
    }

    private static String shown(ConfigDef.ConfigKey key, Object value) {
        return value == null ? "" : key == null ? value.toString() : ConfigDef.convertToString(value, key.type);
    }

    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }

    /** Names of all settings of Kafka's clients; held apart so that it is built once, when first asked. */
    static final class ClientNames {

        static final Set<String> ALL = all();

        private ClientNames() {
        }

        private static Set<String> all() {
            Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
            names.addAll(ProducerConfig.configNames());
            names.addAll(ConsumerConfig.configNames());
            return names;
        }
    }
}
