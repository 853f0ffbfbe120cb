package dev.heddle.standalone;

import dev.heddle.embedded.PortInUseException;
import dev.heddle.embedded.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the ports before anything is started, and finds everything that is wrong with them at once. */
final class Preflight {

    private static final int MAX_PORT = 65_535;

    private Preflight() {
    }

    /**
     * Checks the three ports.
     *
     * @throws Complaint with one line per port that cannot be used, each naming its flag
     */
    static void check(DevSettings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("--port", settings.port());
        ports.put("--kafka-port", settings.kafkaPort());
        ports.put("--registry-port", settings.registryPort());
        List<String> problems = new ArrayList<>();
        Map<Integer, String> seen = new LinkedHashMap<>();
        ports.forEach((flag, port) -> {
            String other = seen.putIfAbsent(port, flag);
            if (port < 1 || port > MAX_PORT) {
                problems.add(flag + " " + port + " is not a port (expected: 1 to " + MAX_PORT + ")");
            } else if (other != null) {
                problems.add(flag + " and " + other + " are both " + port + "; give each a port of its own");
            } else {
                taken(flag, port, problems);
            }
        });
        if (!problems.isEmpty()) {
            throw new Complaint(String.join("\n", problems));
        }
    }

    private static void taken(String flag, int port, List<String> problems) {
        try {
            Ports.requireFree(port);
        } catch (PortInUseException e) {
            problems.add(e.getMessage() + "; stop what uses it or choose another with " + flag);
        }
    }
}
