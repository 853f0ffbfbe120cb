package dev.heddle.testkit.compose;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A compose file as it is written: merge keys resolved, variables replaced.
 *
 * @param directory the directory it lies in, which relative paths of it start from
 * @param services  its services by name, in the order of the file
 * @param volumes   the volumes it declares
 */
record ComposeFile(Path directory, Map<String, ComposeService> services, Set<String> volumes) {

    private static final Pattern VARIABLE =
        Pattern.compile("\\$(?:(\\$)|\\{(?<name>\\w+)(?:(?<kind>:[-?])(?<rest>[^}]*))?\\})");

    /**
     * Reads a file.
     *
     * @param file      the file
     * @param variables what the shell or {@code .env} would say
     */
    static ComposeFile read(Path file, Map<String, String> variables) {
        Map<?, ?> root;
        try (Reader reader = Files.newBufferedReader(file)) {
            root = (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path directory = file.toAbsolutePath().normalize().getParent();
        Map<String, ComposeService> services = new LinkedHashMap<>();
        ((Map<?, ?>) root.get("services")).forEach((name, body) -> services.put((String) name,
            ComposeService.of((String) name, directory, (Map<?, ?>) replaced(body, variables))));
        Set<String> volumes = new TreeSet<>();
        ((Map<?, ?>) root.get("volumes")).keySet().forEach(name -> volumes.add((String) name));
        return new ComposeFile(directory, services, volumes);
    }

    /** {@return the names in a file of {@code NAME=value} lines with their values} */
    static Map<String, String> variables(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private static Object replaced(Object value, Map<String, String> variables) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((key, inner) -> result.put((String) key, replaced(inner, variables)));
            return result;
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(inner -> result.add(replaced(inner, variables)));
            return result;
        }
        return value instanceof String text ? replaced(text, variables) : value;
    }

    /** As compose does it: {@code $$}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?message}}. */
    static String replaced(String text, Map<String, String> variables) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(1) != null ? "$" : value(matcher, variables);
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }

    private static String value(Matcher match, Map<String, String> variables) {
        String value = variables.getOrDefault(match.group("name"), "");
        if (!value.isEmpty()) {
            return value;
        }
        if (":?".equals(match.group("kind"))) {
            throw new IllegalArgumentException(match.group("name") + ": " + match.group("rest"));
        }
        return match.group("rest") == null ? "" : match.group("rest");
    }
}
