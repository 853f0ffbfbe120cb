package dev.heddle.testkit.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the reference page of metrics from what running services say about themselves. */
final class MetricsPage {

    private static final Pattern HELP = Pattern.compile("# HELP (heddle_\\w+) ?(.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (heddle_\\w+) (\\w+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Map<String, String> UNITS = new TreeMap<>(Map.of("_seconds", "seconds", "_bytes", "bytes",
        "_records", "records", "_operations", "operations", "_bytes_total", "bytes", "_messages", "messages"));

    private record Family(String help, String type, TreeSet<String> labels) {
    }

    private MetricsPage() {
    }

    static String markdown(Map<String, String> scrapes) {
        StringBuilder page = new StringBuilder("""
            # Metrics

            Generated from running services by the test `SecuredStackIT`. Each service answers `GET /metrics` in
            Prometheus' text form: the gateway on its own port, transformer and snapshotter on that of their health.
            Besides these there are those of the Java machine (`jvm_…`, `process_…`, gateway) and of Kafka's clients
            and Streams (`kafka_…`: fetch rates, request times, commit times, store sizes), by the names Kafka gives
            them; what one consumer says of each single raw log is left out, and summed up as
            `heddle_transformer_lag_records`.
            """);
        new TreeMap<>(scrapes).forEach((service, scrape) -> {
            page.append("\n## ").append(service)
                .append("\n\n| metric | type | unit | labels | what it says |\n| --- | --- | --- | --- | --- |\n");
            families(scrape).forEach((name, family) -> page.append("| `").append(name).append("` | ")
                .append(family.type()).append(" | ").append(unit(name)).append(" | ")
                .append(String.join(", ", family.labels())).append(" | ").append(family.help()).append(" |\n"));
        });
        return page.toString();
    }

    /** {@return names of families of Heddle's own that say no help} */
    static List<String> helpless(String scrape) {
        List<String> helpless = new ArrayList<>();
        families(scrape).forEach((name, family) -> {
            if (family.help().isBlank()) {
                helpless.add(name);
            }
        });
        return helpless;
    }

    private static Map<String, Family> families(String scrape) {
        Map<String, Family> families = new TreeMap<>();
        Map<String, String> help = new TreeMap<>();
        String current = "";
        for (String line : scrape.split("\n")) {
            Matcher helps = HELP.matcher(line);
            Matcher types = TYPE.matcher(line);
            if (helps.matches()) {
                help.put(helps.group(1), helps.group(2));
            } else if (types.matches()) {
                current = types.group(1);
                families.put(current, new Family(help.getOrDefault(current, ""), types.group(2), new TreeSet<>()));
            } else if (!current.isEmpty() && line.startsWith(current)) {
                Matcher labels = LABEL.matcher(line);
                while (labels.find()) {
                    families.get(current).labels().add(labels.group(1));
                }
            }
        }
        families.values().forEach(family -> family.labels().removeAll(List.of("le", "quantile")));
        return families;
    }

    private static String unit(String name) {
        String base = name.endsWith("_max") ? name.substring(0, name.length() - "_max".length()) : name;
        return UNITS.entrySet().stream().filter(unit -> base.endsWith(unit.getKey())).map(Map.Entry::getValue)
            .findFirst().orElse("count");
    }
}
