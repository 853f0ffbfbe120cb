package dev.heddle.testkit.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the containers of images that are not ours run, as far as this machine has it. */
final class Programs {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What lies under /deployments in the registry's image. */
    static final Path REGISTRY = Path.of(System.getProperty("heddle.registry.home"));

    private Programs() {
    }

    /**
     * {@return the commands a container of the service runs, one after the other; empty where the program is not here}
     *
     * @param service the service
     */
    static Optional<List<List<String>>> of(ComposeService service) {
        if (service.build() != null) {
            List<String> command = new ArrayList<>(Dockerfile.read(service.build()).entrypoint());
            command.addAll(service.command());
            return Optional.of(List.of(here(command)));
        }
        return switch (service.imageName()) {
            case "apache/kafka" -> Optional.of(kafka(service));
            case "apicurio/apicurio-registry" ->
                Optional.of(List.of(List.of(JAVA, "-jar", "/deployments/" + registry())));
            case "haproxy" -> onPath("haproxy").map(program -> List.of(service.command()));
            case "prom/prometheus" -> onPath("prometheus").map(program -> {
                List<String> command = new ArrayList<>(List.of(program.toString()));
                command.addAll(service.command());
                return List.of(command);
            });
            default -> Optional.empty();
        };
    }

    /** The image's own two steps: its wrapper turns the environment into properties and formats, then Kafka runs. */
    private static List<List<String>> kafka(ComposeService service) {
        String classPath = System.getProperty("java.class.path");
        List<String> broker = new ArrayList<>(List.of(JAVA));
        broker.addAll(List.of(service.environment().get("KAFKA_HEAP_OPTS").split(" ")));
        broker.addAll(List.of("-cp", classPath, "kafka.Kafka", "/opt/kafka/config/server.properties"));
        return List.of(
            List.of(JAVA, "-cp", classPath, "kafka.docker.KafkaDockerWrapper", "setup",
                "--default-configs-dir", "/etc/kafka/docker", "--mounted-configs-dir", "/mnt/shared/config",
                "--final-configs-dir", "/opt/kafka/config"),
            broker);
    }

    private static Path registry() {
        try (var jars = Files.newDirectoryStream(REGISTRY, "*-runner.jar")) {
            return jars.iterator().next().getFileName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same words with this JVM's own java} */
    static List<String> here(List<String> command) {
        List<String> words = new ArrayList<>(command);
        if (words.get(0).equals("java")) {
            words.set(0, JAVA);
        }
        return words;
    }

    /** {@return where a program lies on the path of this machine} */
    static Optional<Path> onPath(String program) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
