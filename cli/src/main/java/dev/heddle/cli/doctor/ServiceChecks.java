package dev.heddle.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Whether services are ready, of one version, of one mind about the settings they must share, and of one time. */
final class ServiceChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long CLOCK_MS = 2_000;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<String> addresses;
    private final LongSupplier nowMs;

    ServiceChecks(List<String> addresses, LongSupplier nowMs) {
        this.addresses = addresses;
        this.nowMs = nowMs;
    }

    List<Diagnosis> run() {
        List<Diagnosis> found = new ArrayList<>();
        List<ServiceReport> reports = new ArrayList<>();
        for (String address : addresses) {
            try {
                HttpResponse<String> ready = get(address + "/health/ready");
                found.add(ready.statusCode() == OK ? Diagnosis.good("services", address + " is ready")
                    : Diagnosis.fault("services", address + " is not ready: " + ready.body().strip(),
                        "see what it names, and docs/operations/README.md on health"));
                HttpResponse<String> metrics = get(address + "/metrics");
                ServiceReport report = ServiceReport.of(address, metrics.body());
                reports.add(report);
                clock(report, found);
            } catch (IOException | IllegalArgumentException away) {
                found.add(Diagnosis.fault("services", address + " does not answer: " + away,
                    "start it, or name it rightly with --server or --service"));
            }
        }
        versions(reports, found);
        settings(reports, found);
        return found;
    }

    private HttpResponse<String> get(String address) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private void clock(ServiceReport report, List<Diagnosis> found) {
        long differenceMs = report.timeMs() - nowMs.getAsLong();
        if (report.timeMs() >= 0 && Math.abs(differenceMs) > CLOCK_MS) {
            found.add(Diagnosis.warning("clocks", report.address() + " is " + Math.abs(differenceMs) + " ms "
                + (differenceMs > 0 ? "ahead of" : "behind") + " this machine (expected: at most " + CLOCK_MS + ")",
                "set the clocks right (NTP); tokens, latencies and times shown depend on them, the order does not"));
        } else if (report.timeMs() >= 0) {
            found.add(Diagnosis.good("clocks", report.address() + " has the time of this machine"));
        }
    }

    private static void versions(List<ServiceReport> reports, List<Diagnosis> found) {
        Map<String, List<String>> byVersion = new TreeMap<>();
        reports.forEach(report -> byVersion.computeIfAbsent(String.valueOf(report.version()),
            version -> new ArrayList<>()).add(report.address()));
        if (byVersion.size() > 1) {
            found.add(Diagnosis.warning("versions", "services are of several versions: " + byVersion,
                "bring all to one; transformers first, one after the other"));
        } else if (!byVersion.isEmpty()) {
            found.add(Diagnosis.good("versions",
                "all services are of version " + byVersion.keySet().iterator().next()));
        }
    }

    private static void settings(List<ServiceReport> reports, List<Diagnosis> found) {
        boolean alike = true;
        TreeSet<String> names = new TreeSet<>();
        reports.forEach(report -> names.addAll(report.settings().keySet()));
        for (String name : names) {
            Map<String, Double> values = new TreeMap<>();
            reports.stream().filter(report -> report.settings().containsKey(name))
                .forEach(report -> values.put(report.address(), report.settings().get(name)));
            if (values.values().stream().distinct().count() > 1) {
                alike = false;
                found.add(Diagnosis.fault("settings", name + " differs: " + shown(values),
                    "set it alike everywhere and start the services again; what was decided stays as it is"));
            }
        }
        if (alike && !names.isEmpty()) {
            found.add(Diagnosis.good("settings", "settings that must be alike are (" + names.size() + " compared)"));
        }
    }

    private static String shown(Map<String, Double> values) {
        List<String> parts = new ArrayList<>();
        values.forEach((address, value) -> parts.add(value.longValue() + " at " + address));
        return String.join(", ", parts);
    }
}
