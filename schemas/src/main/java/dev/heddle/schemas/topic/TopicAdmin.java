package dev.heddle.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics that are missing and checks those that exist. Any number of processes may do so at once; any thread
 * may call it, if its admin client may be shared. The admin client stays the caller's.
 */
public final class TopicAdmin {

    private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

    private final Admin admin;
    private final short replicationFactor;
    private final Duration timeout;

    /**
     * A helper over an admin client.
     *
     * @param admin             the client, not closed here
     * @param replicationFactor replicas of topics created here, or -1 for the broker's default
     * @param timeout           longest wait for each of the few requests
     */
    public TopicAdmin(Admin admin, short replicationFactor, Duration timeout) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.replicationFactor = replicationFactor;
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * {@return the names of the topics that were missing and have been created here}
     *
     * @param specs the topics wanted
     * @throws TopicMismatchException where a topic exists in a form that would break a promise; all faults are named
     * @throws KafkaException         where the cluster did not answer in time or refused
     */
    public Set<String> ensure(Collection<TopicSpec> specs) {
        Set<String> missing = new HashSet<>(specs.stream().map(TopicSpec::name).toList());
        missing.removeAll(await(admin.listTopics().names(), "list topics"));
        Set<String> created = create(specs.stream().filter(spec -> missing.contains(spec.name())).toList());
        List<TopicSpec> existing = specs.stream().filter(spec -> !created.contains(spec.name())).toList();
        if (!existing.isEmpty()) {
            check(existing);
        }
        return created;
    }

    private Set<String> create(List<TopicSpec> specs) {
        Map<String, KafkaFuture<Void>> results = admin.createTopics(
            specs.stream().map(spec -> spec.newTopic(replicationFactor)).toList()).values();
        Set<String> created = new HashSet<>();
        results.forEach((name, future) -> {
            if (createdHere(name, future)) {
                created.add(name);
            }
        });
        return created;
    }

    private boolean createdHere(String name, KafkaFuture<Void> future) {
        try {
            await(future, "create topic " + name);
            log.info("Created topic {}", name);
            return true;
        } catch (TopicExistsException createdMeanwhile) {
            return false;
        }
    }

    private void check(List<TopicSpec> specs) {
        Set<String> names = specs.stream().map(TopicSpec::name).collect(Collectors.toSet());
        Function<String, ConfigResource> resource = name -> new ConfigResource(ConfigResource.Type.TOPIC, name);
        Map<String, TopicDescription> descriptions =
            await(admin.describeTopics(names).allTopicNames(), "describe topics " + names);
        Map<ConfigResource, Config> configs =
            await(admin.describeConfigs(names.stream().map(resource).toList()).all(), "read settings of " + names);
        List<String> faults = new ArrayList<>();
        for (TopicSpec spec : specs) {
            faults.addAll(faults(spec, descriptions.get(spec.name()).partitions().size(),
                configs.get(resource.apply(spec.name()))));
        }
        if (!faults.isEmpty()) {
            throw new TopicMismatchException(String.join("; ", faults));
        }
    }

    private static List<String> faults(TopicSpec spec, int partitions, Config config) {
        List<String> faults = new ArrayList<>();
        if (partitions != spec.partitions()) {
            faults.add("topic " + spec.name() + " has " + partitions + " partitions (expected: " + spec.partitions()
                + "; the number of shards is fixed when an installation is created)");
        }
        for (TopicSetting setting : spec.settings()) {
            ConfigEntry entry = config.get(setting.name());
            String found = entry == null ? null : entry.value();
            if (!setting.satisfiedBy(found)) {
                faults.add("topic " + spec.name() + " has " + setting.name() + "=" + found + " (expected: "
                    + setting.rule().sentence() + ": " + setting.value() + ". " + setting.reason()
                    + " Set it with kafka-configs --alter)");
            }
        }
        return faults;
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException exists) {
                throw exists;
            }
            throw new KafkaException("could not " + what + ": " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                "could not " + what + ": no answer from the brokers within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            throw new InterruptException("interrupted while waiting to " + what, interrupted);
        }
    }
}
