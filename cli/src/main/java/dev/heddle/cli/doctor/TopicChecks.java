package dev.heddle.cli.doctor;

import dev.heddle.schemas.topic.OpsTopic;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Shards;
import dev.heddle.schemas.topic.TopicSetting;
import dev.heddle.schemas.topic.TopicSpec;
import dev.heddle.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** Whether the topics are there and as they must be. */
final class TopicChecks {

    private static final String CHECK = "topics";
    private static final int TOLD_MAX = 20;

    private final Cluster cluster;
    private final int shards;
    private final int brokers;

    TopicChecks(Cluster cluster, int shards, int brokers) {
        this.cluster = cluster;
        this.shards = shards;
        this.brokers = brokers;
    }

    List<Diagnosis> run() {
        List<Diagnosis> found = new ArrayList<>();
        Set<String> names = new TreeSet<>(cluster.answer(cluster.admin().listTopics().names()));
        names.removeIf(name -> !name.startsWith("heddle."));
        List<TopicSpec> present = new ArrayList<>();
        for (TopicSpec spec : Topics.shared(shards)) {
            if (names.contains(spec.name())) {
                present.add(spec);
            } else {
                found.add(Diagnosis.fault(CHECK, "topic " + spec.name() + " is missing: " + spec.purpose(),
                    "start a gateway, transformer or snapshotter that may create topics; it makes what is missing"));
            }
        }
        for (String name : names) {
            if (name.startsWith(Topics.OPS_PREFIX)) {
                ops(name, present, found);
            }
        }
        described(present, found);
        if (found.isEmpty()) {
            found.add(Diagnosis.good(CHECK, names.size() + " topics of Heddle, each as it must be"));
        }
        return found.size() <= TOLD_MAX ? found : clipped(found);
    }

    private static List<Diagnosis> clipped(List<Diagnosis> found) {
        List<Diagnosis> told = new ArrayList<>(found.subList(0, TOLD_MAX));
        told.add(Diagnosis.warning(CHECK, "and " + (found.size() - TOLD_MAX) + " more", "mend these first"));
        return told;
    }

    private void ops(String name, List<TopicSpec> present, List<Diagnosis> found) {
        Optional<OpsTopic> own = Topics.parseOps(name);
        int shard = shard(name);
        if (shard < 0 || shard >= shards) {
            found.add(Diagnosis.warning(CHECK, "topic " + name + " is no raw log of this installation of " + shards
                + " shards (expected: " + Topics.OPS_PREFIX + "<two digits below " + shards + ">.<workspace>)",
                "give the installation's number of shards with --shards, or delete the topic if nobody wrote to it"));
        } else {
            TopicSpec model = own.isPresent() ? Topics.ops(own.get().workspace(), shards)
                : Topics.ops("any", shards, PlaceKind.SHARED);
            present.add(new TopicSpec(name, model.partitions(), model.key(), model.value(), model.keyedBy(),
                model.purpose(), model.settings()));
        }
    }

    /** {@return the shard of a raw log, a workspace's own or the shared one; −1 where the topic is no raw log} */
    static int shard(String topic) {
        Optional<OpsTopic> own = Topics.parseOps(topic);
        if (own.isPresent()) {
            return own.get().shard();
        }
        for (int shard = 0; shard < Shards.MAX; shard++) {
            if (Topics.sharedOpsTopic(shard).equals(topic)) {
                return shard;
            }
        }
        return -1;
    }

    private void described(Collection<TopicSpec> specs, List<Diagnosis> found) {
        List<String> names = specs.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> descriptions =
            cluster.answer(cluster.admin().describeTopics(names).allTopicNames());
        Map<String, Config> configs = new HashMap<>();
        cluster.answer(cluster.admin().describeConfigs(names.stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList()).all())
            .forEach((resource, config) -> configs.put(resource.name(), config));
        for (TopicSpec spec : specs) {
            partitions(spec, descriptions.get(spec.name()), found);
            settings(spec, configs.get(spec.name()), found);
        }
    }

    private void partitions(TopicSpec spec, TopicDescription description, List<Diagnosis> found) {
        int count = description.partitions().size();
        if (count != spec.partitions()) {
            found.add(Diagnosis.fault(CHECK, "topic " + spec.name() + " has " + count + " partitions (expected: "
                + spec.partitions() + ")", spec.name().startsWith(Topics.OPS_PREFIX)
                ? "records beyond partition 0 have no order with the others: move the workspace to a new name, by "
                    + "heddle export and import"
                : "the number of shards is fixed when an installation is created: set heddle.shards (and --shards) to "
                    + "that number everywhere"));
        }
        for (TopicPartitionInfo partition : description.partitions()) {
            String place = spec.name() + "-" + partition.partition();
            if (partition.leader() == null) {
                found.add(Diagnosis.fault(CHECK, place + " has no leader", "bring its brokers back"));
            } else if (partition.isr().size() < partition.replicas().size()) {
                found.add(Diagnosis.warning(CHECK, place + " has " + partition.isr().size() + " of "
                    + partition.replicas().size() + " replicas in sync", "bring the missing brokers back"));
            } else if (brokers > 1 && partition.replicas().size() == 1) {
                found.add(Diagnosis.warning(CHECK, place + " has one replica on a cluster of " + brokers
                    + " brokers: it is lost with its broker", "raise its replication with kafka-reassign-partitions, "
                    + "and set replication.factor for new topics"));
            }
        }
    }

    private static void settings(TopicSpec spec, Config config, List<Diagnosis> found) {
        for (TopicSetting setting : spec.settings()) {
            ConfigEntry entry = config.get(setting.name());
            String value = entry == null ? null : entry.value();
            if (!setting.satisfiedBy(value)) {
                found.add(Diagnosis.fault(CHECK, "topic " + spec.name() + " has " + setting.name() + "=" + value
                    + " (expected: " + setting.rule().sentence() + ": " + setting.value() + ". " + setting.reason()
                    + ")", "kafka-configs --alter --entity-type topics --entity-name " + spec.name()
                    + " --add-config " + setting.name() + "=" + setting.value()));
            }
        }
    }
}
