package dev.heddle.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.doctor.Diagnosis;
import dev.heddle.cli.doctor.Doctor;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.config.KafkaClientSettings;
import dev.heddle.schemas.serde.AvroSerdeConfig;
import dev.heddle.schemas.topic.Shards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at a whole installation and says what to do. */
@Command(name = "doctor", description = {"Look at an installation: broker, registry, topics, services, settings, "
    + "versions, clocks and lag.", "Says for each thing found what to do about it; changes nothing. Exit code 1 where "
        + "anything was found."},
    footer = {"", "Example: heddle doctor", "Example: heddle doctor --kafka kafka:9092 --settings operator.properties "
        + "--server https://heddle.example --service http://transformer-1:8083 --json"})
final class DoctorVerb extends Verb {

    private static final String DEFAULT_KAFKA = LogOptions.DEFAULT_KAFKA;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
        description = "Brokers. Default: HEDDLE_KAFKA, bootstrap.servers of the settings file, or " + DEFAULT_KAFKA
            + ".")
    private String kafka;

    @Option(names = "--registry", paramLabel = "URL",
        description = "The schema registry. Default: HEDDLE_REGISTRY, or%n" + LogPlace.DEFAULT_REGISTRY + ".")
    private String registry;

    @Option(names = "--server", paramLabel = "URL",
        description = "A gateway. Default: HEDDLE_SERVER, or " + ServerOptions.DEFAULT_SERVER + ".")
    private String server;

    @Option(names = "--service", paramLabel = "URL",
        description = "A further gateway, or the health address of a transformer or snapshotter; may be repeated.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--shards", paramLabel = "N",
        description = "The installation's number of shards. Default: heddle.shards of the settings file, or "
            + Shards.DEFAULT + ".")
    private Integer shards;

    @Option(names = "--settings", paramLabel = "FILE",
        description = "Settings as a service has them: addresses, security of the Kafka client, heddle.shards.")
    private Path settingsFile;

    DoctorVerb(World world) {
        super(world);
    }

    @Override
    ExitCode run() {
        Map<String, String> settings = settingsFile == null ? new TreeMap<>()
            : new TreeMap<>(SettingsFile.read(world.workingDirectory().resolve(settingsFile)));
        String brokers = ServerOptions.firstOf(kafka, console().environment("HEDDLE_KAFKA"),
            settings.getOrDefault(CommonConfig.BOOTSTRAP_SERVERS, DEFAULT_KAFKA));
        settings.put(CommonConfig.BOOTSTRAP_SERVERS, brokers);
        List<String> addresses = new ArrayList<>();
        addresses.add(ServerOptions.firstOf(server, console().environment("HEDDLE_SERVER"),
            ServerOptions.DEFAULT_SERVER));
        addresses.addAll(services);
        int count = shards != null ? shards
            : Integer.parseInt(settings.getOrDefault(CommonConfig.SHARDS, String.valueOf(Shards.DEFAULT)));
        Map<String, Object> registryClient = new TreeMap<>(settings);
        registryClient.put(AvroSerdeConfig.SCHEMA_REGISTRY_URL, ServerOptions.firstOf(registry,
            console().environment("HEDDLE_REGISTRY"),
            settings.getOrDefault(AvroSerdeConfig.SCHEMA_REGISTRY_URL, LogPlace.DEFAULT_REGISTRY)));
        registryClient.put(AvroSerdeConfig.MAX_RETRIES, 0);
        List<Diagnosis> found = new Doctor(KafkaClientSettings.admin(settings), registryClient,
            addresses.stream().map(address -> address.replaceAll("/+$", "")).toList(), count,
            world.clock()::millis).examine();
        if (json()) {
            print(shape(found));
        } else {
            found.forEach(this::tell);
        }
        return found.stream().allMatch(one -> one.level() == Diagnosis.Level.GOOD) ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private void tell(Diagnosis found) {
        String word = found.level() == Diagnosis.Level.GOOD ? style().green("good   ")
            : found.level() == Diagnosis.Level.WARNING ? style().bold("warning") : style().red("fault  ");
        console().line(word + "  " + String.format("%-9s", found.check()) + found.detail());
        if (found.advice() != null) {
            console().line("                    → " + found.advice());
        }
    }

    private static ObjectNode shape(List<Diagnosis> found) {
        ObjectNode node = Shapes.object();
        node.put("healthy", found.stream().allMatch(one -> one.level() == Diagnosis.Level.GOOD));
        ArrayNode findings = node.putArray("findings");
        for (Diagnosis one : found) {
            ObjectNode shape = findings.addObject().put("check", one.check())
                .put("level", one.level().name().toLowerCase(Locale.ROOT)).put("detail", one.detail());
            if (one.advice() != null) {
                shape.put("advice", one.advice());
            }
        }
        return node;
    }
}
