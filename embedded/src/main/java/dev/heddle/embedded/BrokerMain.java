package dev.heddle.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A broker in a JVM of its own, which can be killed and paused; for tests of whole systems. For an installation take
 * Kafka's own distribution.
 *
 * <p>Exit status: 2 for arguments that are wrong, 1 where the broker could not start or ended by itself.
 */
public final class BrokerMain {

    private static final int FAILED = 1;
    private static final int BAD_ARGUMENTS = 2;
    private static final List<String> OWN = List.of("data.dir", "node", "port", "controller.ports", "cluster.id");

    private BrokerMain() {
    }

    /**
     * Runs a broker until the process is told to stop.
     *
     * @param arguments {@code name=value}: {@code data.dir}, {@code node} (from 1), {@code port},
     *                  {@code controller.ports} (of all members, separated by commas), {@code cluster.id}, and any
     *                  setting of a broker
     */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka.Builder builder;
        try {
            builder = builder(read(arguments));
        } catch (IllegalArgumentException wrong) {
            fail(BAD_ARGUMENTS, wrong.getMessage());
            return;
        }
        try {
            EmbeddedKafka broker = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
            System.out.println("broker ready: " + broker.bootstrapServers());
        } catch (RuntimeException failure) {
            fail(FAILED, "could not start: " + failure.getMessage());
        }
        new CountDownLatch(1).await();
    }

    private static Map<String, String> read(String[] arguments) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("argument: " + argument + " (expected: name=value)");
            }
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        for (String name : OWN) {
            if (!settings.containsKey(name)) {
                throw new IllegalArgumentException("argument " + name + " is missing (expected: " + OWN + ")");
            }
        }
        return settings;
    }

    private static EmbeddedKafka.Builder builder(Map<String, String> settings) {
        EmbeddedKafka.Builder builder = EmbeddedKafka.builder(Path.of(settings.get("data.dir")))
            .node(new ClusterNode(Integer.parseInt(settings.get("node")), Integer.parseInt(settings.get("port")),
                Arrays.stream(settings.get("controller.ports").split(",")).map(Integer::valueOf).toList(),
                settings.get("cluster.id")));
        settings.forEach((name, value) -> {
            if (!OWN.contains(name)) {
                builder.setting(name, value);
            }
        });
        return builder;
    }

    private static void fail(int status, String message) {
        System.err.println("broker: " + message);
        System.exit(status);
    }
}
