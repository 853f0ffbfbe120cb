package dev.heddle.testkit.compose;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A whole compose file on this machine: started in the order it asks for, each service once those before are well. */
final class LocalLayout implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final long PAUSE_MS = 250;

    private final ComposeFile file;
    private final Loopback network;
    private final Path home = Files.createTempDirectory("heddle-compose");
    private final Map<String, LocalService> running = new LinkedHashMap<>();
    private final Set<String> healthy = new LinkedHashSet<>();
    private final Set<String> absent = new LinkedHashSet<>();

    LocalLayout(ComposeFile file, Random random) throws IOException {
        this.file = file;
        this.network = new Loopback(file.services().keySet(), random);
    }

    /** {@return the address of a service's port, {@code host:port}} */
    String address(String service, int port) {
        return network.address(service) + ":" + port;
    }

    /** Skips the test where there are no further loopback addresses: Linux has them, macOS has 127.0.0.1 alone. */
    void assumeAddresses() {
        String address = network.address(file.services().keySet().iterator().next());
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            Assumptions.abort(address + " is no address of this machine: " + e.getMessage());
        }
    }

    /** {@return services that cannot run here, as this machine does not have their program} */
    Set<String> absent() {
        return absent;
    }

    /** {@return whether a service runs} */
    boolean runs(String service) {
        return running.containsKey(service);
    }

    /** Starts everything that can run here and returns when all of it is well by its own health check. */
    void start() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (healthy.size() + absent.size() < file.services().size()) {
            for (ComposeService service : file.services().values()) {
                advance(service, Duration.ofNanos(System.nanoTime() - start));
            }
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                throw new AssertionError("not well within " + DEADLINE + ": " + waitedFor());
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private void advance(ComposeService service, Duration since) throws IOException {
        String name = service.name();
        if (absent.contains(name) || healthy.contains(name)) {
            return;
        }
        if (running.containsKey(name)) {
            running.get(name).requireAlive();
            if (running.get(name).healthy()) {
                healthy.add(name);
                System.out.printf("compose: %s is well after %.1f s%n", name, since.toMillis() / 1000.0);
            }
        } else if (service.dependsOn().entrySet().stream().allMatch(this::met)) {
            Optional<List<List<String>>> commands = Programs.of(service);
            if (commands.isEmpty()) {
                absent.add(name);
                System.out.printf("compose: %s (%s) does not run here: no such program%n", name, service.image());
                return;
            }
            LocalService local = new LocalService(service, network, Files.createDirectory(home.resolve(name)),
                file.directory());
            running.put(name, local);
            local.start(commands.get());
        }
    }

    private boolean met(Map.Entry<String, String> dependency) {
        return switch (dependency.getValue()) {
            case "service_healthy" -> healthy.contains(dependency.getKey()) || absent.contains(dependency.getKey());
            case "service_started" -> runs(dependency.getKey()) || absent.contains(dependency.getKey());
            default -> throw new AssertionError("condition " + dependency.getValue());
        };
    }

    private String waitedFor() {
        List<String> tails = new ArrayList<>();
        running.forEach((name, local) -> {
            if (!healthy.contains(name)) {
                tails.add(name + "\n" + local.logTail());
            }
        });
        return String.join("\n\n", tails);
    }

    /** Stops everything: first what stands on the brokers, in order, then the brokers, by force. */
    @Override
    public void close() throws IOException {
        Map<Boolean, List<LocalService>> byBroker = running.entrySet().stream().collect(Collectors.partitioningBy(
            entry -> file.services().get(entry.getKey()).imageName().equals("apache/kafka"),
            Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        byBroker.get(false).forEach(LocalService::stop);
        for (LocalService local : byBroker.get(false)) {
            local.close();
        }
        byBroker.get(true).forEach(LocalService::kill);
        for (LocalService local : byBroker.get(true)) {
            local.close();
        }
        Files.deleteIfExists(home);
    }
}
