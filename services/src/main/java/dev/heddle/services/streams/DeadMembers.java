package dev.heddle.services.streams;

import dev.heddle.services.runtime.Clocks;
import dev.heddle.services.runtime.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the brokers which members of the consumer group are dead because they were this instance's, so that nobody has
 * to wait for their sessions to end: those of an earlier start that was killed, and those of threads that failed.
 *
 * <p>Each start takes a name of its own, {@code <instance>.<start>}, to which Streams adds the thread's number. A later
 * start never takes an earlier one's place in the group, as static members may: brokers then keep the assignment that
 * was made for the old one, and topics that appeared in between would be read by nobody. Instead the old one is removed
 * as soon as the new one has asked to join. Then the group is never empty, which would have brokers wait for further
 * members ({@code group.initial.rebalance.delay.ms}).
 *
 * <p>What is done here only saves time: where it fails, sessions end as they always do. Thread-safe.
 */
public final class DeadMembers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeadMembers.class);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** So often it is looked for dead members after something died: 20 seconds, three sessions. */
    private static final int LOOKS = 200;
    /** So often it is waited for a living one first. */
    private static final int LOOKS_FOR_LIVING = 30;

    private final Supplier<Admin> admins;
    private final String group;
    private final String start;
    private final Pattern own;
    private volatile RepeatedTask looking;
    private KafkaStreams streams;
    private Admin admin;
    private int looks;

    /**
     * For one start of an instance.
     *
     * @param admins   gives clients that ask the brokers
     * @param group    the consumer group
     * @param instance name of the instance over all its starts, see {@link InstanceName}
     * @param number   a number that no other start has
     */
    public DeadMembers(Supplier<Admin> admins, String group, String instance, long number) {
        this.admins = Objects.requireNonNull(admins, "admins");
        this.group = Objects.requireNonNull(group, "group");
        this.start = instance + "." + String.format("%016x", number);
        this.own = Pattern.compile(Pattern.quote(instance) + "\\.[0-9a-f]{16}-[0-9]+");
    }

    /**
     * {@return what looks after the dead members of an instance on Kafka Streams, or nothing where it has no name}
     *
     * @param config the service's settings: {@code application.id}, {@code state.dir}, {@code group.instance.id}
     * @param admins gives clients that ask the brokers
     */
    public static Optional<DeadMembers> of(AbstractConfig config, Supplier<Admin> admins) {
        String group = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
        return InstanceName.of(config.getString(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG)), group)
            .map(name -> new DeadMembers(admins, group, name, Clocks.random()));
    }

    /** {@return the name that this start's members join under, as {@code group.instance.id} of the main consumer} */
    public String start() {
        return start;
    }

    /**
     * Looks for members of starts before this one, on a thread of its own, and returns at once.
     *
     * @param running what was started just now
     */
    public synchronized void follow(KafkaStreams running) {
        streams = running;
        look();
    }

    /** Somebody may have died: looks for a while, on a thread of its own, and returns at once. */
    public synchronized void look() {
        if (streams == null) {
            return;
        }
        looks = 0;
        if (looking == null) {
            looking = new RepeatedTask("dead-members", LOOK, this::lookOnce);
        }
    }

    private synchronized void lookOnce() {
        if (looking == null) {
            return;
        }
        looks++;
        try {
            if (admin == null) {
                admin = admins.get();
            }
            if (remove(admin, looks <= LOOKS_FOR_LIVING) || looks >= LOOKS) {
                close();
            }
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            log.debug("the members of group {} could not be looked at or removed", group, failure);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops looking. */
    @Override
    public void close() {
        RepeatedTask running = looking;
        if (running != null) {
            // Before the lock is asked for: whoever holds it may be waiting for the brokers.
            running.close();
        }
        end();
    }

    private synchronized void end() {
        looking = null;
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    /** {@return the names under which the threads that go on are in the group} */
    private Set<String> living() {
        return streams.metadataForLocalThreads().stream()
            .filter(thread -> !thread.threadState().equals("PENDING_SHUTDOWN"))
            .map(thread -> start + thread.threadName().substring(thread.threadName().lastIndexOf('-')))
            .collect(Collectors.toSet());
    }

    /**
     * {@return whether some were dead and are removed}
     *
     * @param client        asks the brokers
     * @param waitForLiving whether to leave the dead in the group while none of the living has come
     */
    private boolean remove(Admin client, boolean waitForLiving) throws ExecutionException, InterruptedException,
        TimeoutException {
        Set<String> alive = living();
        Set<String> members = members(client).stream().flatMap(member -> member.groupInstanceId().stream())
            .filter(name -> own.matcher(name).matches()).collect(Collectors.toSet());
        List<MemberToRemove> dead = members.stream().filter(name -> !alive.contains(name)).map(MemberToRemove::new)
            .toList();
        if (dead.isEmpty() || waitForLiving && members.stream().noneMatch(alive::contains)) {
            return false;
        }
        client.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(dead)).all()
            .get(REQUEST_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        log.info("took dead members of this instance out of group {}: {}", group, dead.size());
        return true;
    }

    private Collection<MemberDescription> members(Admin client) throws ExecutionException, InterruptedException,
        TimeoutException {
        return client.describeConsumerGroups(List.of(group)).all()
            .get(REQUEST_LIMIT.toMillis(), TimeUnit.MILLISECONDS).get(group).members();
    }
}
