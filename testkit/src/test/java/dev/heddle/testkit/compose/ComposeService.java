package dev.heddle.testkit.compose;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service of a compose file, with what the rules and the local layout look at.
 *
 * @param name        its name, which is its host name too
 * @param image       the image, with its tag
 * @param build       the directory its image is built from, or null
 * @param command     what replaces the image's command; empty where nothing does
 * @param environment the environment variables
 * @param healthcheck the health check, or null
 * @param dependsOn   other services and the conditions waited for
 * @param mounts      volumes and bind mounts
 * @param tmpfs       directories in memory: path and options
 * @param ports       published ports as written
 * @param plain       all of it as it was read
 */
record ComposeService(String name, String image, Path build, List<String> command, Map<String, String> environment,
                      Healthcheck healthcheck, Map<String, String> dependsOn, List<Mount> mounts, List<String> tmpfs,
                      List<String> ports, Map<?, ?> plain) {

    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m)");
    private static final Pattern SIZE = Pattern.compile("(\\d+)([kmg])");

    /** What says whether a container is well. */
    record Healthcheck(List<String> test, Duration interval, Duration timeout, int retries, Duration startPeriod) {
    }

    /** What is seen where; {@code source} is a volume's name or a path. */
    record Mount(String source, String target, boolean readOnly) {
        static Mount of(String text) {
            String[] parts = text.split(":");
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
        }

        boolean volume() {
            return !source.startsWith(".") && !source.startsWith("/");
        }
    }

    static ComposeService of(String name, Path directory, Map<?, ?> body) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(body, "environment").forEach((key, value) -> environment.put((String) key, String.valueOf(value)));
        Map<String, String> dependsOn = new LinkedHashMap<>();
        map(body, "depends_on").forEach((other, condition) ->
            dependsOn.put((String) other, (String) ((Map<?, ?>) condition).get("condition")));
        return new ComposeService(name, (String) body.get("image"),
            body.get("build") == null ? null : directory.resolve((String) body.get("build")).normalize(),
            texts(body, "command"), environment, healthcheck(map(body, "healthcheck")), dependsOn,
            texts(body, "volumes").stream().map(Mount::of).toList(), texts(body, "tmpfs"), texts(body, "ports"), body);
    }

    private static Healthcheck healthcheck(Map<?, ?> body) {
        return body.isEmpty() ? null : new Healthcheck(texts(body, "test"), duration(body, "interval"),
            duration(body, "timeout"), (Integer) body.get("retries"), duration(body, "start_period"));
    }

    /** {@return the image without its tag} */
    String imageName() {
        return image.substring(0, image.lastIndexOf(':'));
    }

    long memoryBytes() {
        Matcher size = SIZE.matcher(String.valueOf(plain.get("mem_limit")));
        if (!size.matches()) {
            return 0;
        }
        return Long.parseLong(size.group(1)) << Map.of("k", 10, "m", 20, "g", 30).get(size.group(2));
    }

    int cpus() {
        return plain.get("cpus") instanceof Number number ? number.intValue() : 0;
    }

    List<String> texts(String key) {
        return texts(plain, key);
    }

    private static Duration duration(Map<?, ?> body, String key) {
        Matcher duration = DURATION.matcher(String.valueOf(body.get(key)));
        if (!duration.matches()) {
            throw new IllegalArgumentException(key + ": " + body.get(key) + " (expected: such as 5s)");
        }
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static Map<?, ?> map(Map<?, ?> body, String key) {
        return body.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<String> texts(Map<?, ?> body, String key) {
        return body.get(key) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
