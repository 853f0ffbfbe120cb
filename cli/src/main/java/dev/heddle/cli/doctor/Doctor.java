package dev.heddle.cli.doctor;

import dev.heddle.schemas.serde.AvroSerdeConfig;
import dev.heddle.schemas.serde.RegistryUnavailableException;
import dev.heddle.schemas.serde.SchemaNotFoundException;
import dev.heddle.schemas.serde.SchemaRefusedException;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;

/** Looks at broker, registry, topics, services, settings, versions, clocks and lag; changes nothing. One thread. */
public final class Doctor {

    private final Map<String, Object> kafka;
    private final Map<String, Object> registry;
    private final List<String> services;
    private final int shards;
    private final LongSupplier nowMs;

    /**
     * A doctor.
     *
     * @param kafka    settings of an admin client: addresses and security
     * @param registry settings of a registry client: address and security
     * @param services addresses of gateways, transformers and snapshotters ({@code http://host:port})
     * @param shards   the installation's number of shards
     * @param nowMs    this machine's clock, milliseconds since 1970 UTC
     */
    public Doctor(Map<String, Object> kafka, Map<String, Object> registry, List<String> services, int shards,
                  LongSupplier nowMs) {
        this.kafka = Map.copyOf(kafka);
        this.registry = Map.copyOf(registry);
        this.services = List.copyOf(services);
        this.shards = shards;
        this.nowMs = nowMs;
    }

    /** {@return everything that was looked at, in the order of what rests on what} */
    public List<Diagnosis> examine() {
        List<Diagnosis> all = new ArrayList<>();
        try (Cluster cluster = new Cluster(kafka)) {
            int brokers = brokers(cluster, all);
            if (brokers > 0) {
                all.addAll(guarded("topics", () -> new TopicChecks(cluster, shards, brokers).run()));
                all.addAll(guarded("lag", () -> new LagChecks(cluster, nowMs.getAsLong()).run()));
            }
        } catch (KafkaException unusable) {
            all.add(Diagnosis.fault("broker", "the settings of the Kafka client are unusable: " + unusable.getMessage()
                + (unusable.getCause() == null ? "" : ": " + unusable.getCause().getMessage()),
                "see --kafka and --settings"));
        }
        all.add(registry());
        all.addAll(new ServiceChecks(services, nowMs).run());
        return all;
    }

    private int brokers(Cluster cluster, List<Diagnosis> all) {
        try {
            Collection<Node> nodes = cluster.answer(cluster.admin().describeCluster().nodes());
            all.add(Diagnosis.good("broker", nodes.size()
                + (nodes.size() == 1 ? " broker answers" : " brokers answer")));
            return nodes.size();
        } catch (Cluster.NoAnswerException away) {
            all.add(Diagnosis.fault("broker", "no broker at " + kafka.get("bootstrap.servers") + ": "
                + away.getMessage(), "start it, or name it with --kafka or HEDDLE_KAFKA; a secured one needs its "
                + "client settings with --settings"));
            return 0;
        }
    }

    private static List<Diagnosis> guarded(String check, Supplier<List<Diagnosis>> checks) {
        try {
            return checks.get();
        } catch (Cluster.NoAnswerException refused) {
            return List.of(Diagnosis.fault(check, "could not be looked at: " + refused.getMessage(),
                "rights of an operator are in docs/reference/rights.md"));
        }
    }

    private Diagnosis registry() {
        Object address = registry.get(AvroSerdeConfig.SCHEMA_REGISTRY_URL);
        Set<String> missing = new TreeSet<>();
        try {
            SchemaRegistryClient client = SchemaRegistryClient.create(registry);
            for (Schema schema : SchemaRegistration.records()) {
                try {
                    client.lookUp(schema.getFullName(), schema);
                } catch (SchemaNotFoundException | SchemaRefusedException absent) {
                    missing.add(schema.getFullName());
                }
            }
        } catch (RegistryUnavailableException away) {
            return Diagnosis.fault("registry", address + " does not answer: " + away.getMessage(), "start it, or name "
                + "it with --registry or HEDDLE_REGISTRY (Apicurio's path is /apis/ccompat/v7); operations with known "
                + "schemas go on meanwhile");
        } catch (KafkaException unusable) {
            return Diagnosis.fault("registry", address + ": " + unusable.getMessage(), "see --registry and --settings");
        }
        return missing.isEmpty() ? Diagnosis.good("registry", address + " has all schemas")
            : Diagnosis.fault("registry", address + " lacks " + missing, "start a service that uses it: each registers "
                + "what is missing; or name the right registry with --registry");
    }
}
