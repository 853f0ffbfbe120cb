package dev.heddle.cli.log;

import dev.heddle.Workspace;
import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import dev.heddle.cli.history.LoggedOperation;
import dev.heddle.cli.verify.CanonicalRecord;
import dev.heddle.cli.verify.Evidence;
import dev.heddle.cli.verify.RawRecord;
import dev.heddle.cli.verify.SnapshotRecord;
import dev.heddle.cli.verify.SnapshotText;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.RegistryUnavailableException;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.LogPart;
import dev.heddle.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Heddle's topics, read without a group: nothing is committed and nobody is disturbed. Readers handed out stay valid
 * until this is closed. One thread.
 */
public final class WorkspaceLog implements AutoCloseable {

    private final LogSettings settings;
    private final HeddleSerdes serdes;
    private final RecordCodec codec;
    private final Partitions partitions;
    private Map<String, Workspace> workspaces;

    /**
     * Topics not read yet; nothing is sent.
     *
     * @param settings where they are
     */
    public WorkspaceLog(LogSettings settings) {
        this.settings = settings;
        partitions = new Partitions(settings);
        try {
            Map<String, Object> client = new HashMap<>(settings.client());
            client.put("schema.registry.url", settings.registryUrl());
            client.put("auto.register.schemas", "false");
            SchemaRegistryClient registry = SchemaRegistryClient.create(client);
            serdes = HeddleSerdes.of(registry);
            codec = new RecordCodec(registry);
        } catch (KafkaException error) {
            throw CliException.usage("registry " + settings.registryUrl() + ": " + error.getMessage());
        }
    }

    /** {@return where the topics are} */
    public LogSettings settings() {
        return settings;
    }

    /** {@return the serdes of the records} */
    public HeddleSerdes serdes() {
        return serdes;
    }

    /** {@return the installation's number of shards} */
    public int shards() {
        int shards = partitions.count(Topics.CANONICAL);
        if (shards == 0) {
            throw KafkaErrors.noTopic(settings, Topics.CANONICAL);
        }
        return shards;
    }

    /** {@return what is answered in a workspace's shard from now on} */
    AnswerReader answers(Workspace workspace) {
        return new AnswerReader(partitions.consumer(), settings, List.of(
            new TopicPartition(Topics.CANONICAL, workspace.getShard()),
            new TopicPartition(Topics.REJECTIONS, workspace.getShard())));
    }

    /** {@return all workspaces by name, as {@code heddle.workspaces} lists them} */
    public Map<String, Workspace> workspaces() {
        if (workspaces == null) {
            Map<String, Workspace> all = new TreeMap<>();
            Iterator<ConsumerRecord<byte[], byte[]>> records =
                partitions.read(new TopicPartition(Topics.WORKSPACES, 0));
            while (records.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = records.next();
                String name = new String(record.key(), StandardCharsets.UTF_8);
                if (record.value() == null) {
                    all.remove(name);
                } else {
                    all.put(name, guarded(() -> codec.workspace(record)));
                }
            }
            workspaces = all;
        }
        return workspaces;
    }

    /** Reads the list of workspaces again when it is asked for next: one was added. */
    void listChanged() {
        workspaces = null;
    }

    /**
     * {@return where a workspace is}
     *
     * @param name its name
     */
    public Workspace workspace(String name) {
        Workspace found = workspaces().get(name);
        if (found == null) {
            throw new CliException(ExitCode.REFUSED, "UNKNOWN_WORKSPACE", "there is no workspace " + name + " in "
                + Topics.WORKSPACES + " at " + settings.bootstrapServers(), "heddle ws list shows the workspaces");
        }
        return found;
    }

    /**
     * {@return the parts of a workspace's raw log, in order}
     *
     * @param name the workspace's name
     */
    public List<LogPart> parts(String name) {
        return LogPart.of(workspace(name));
    }

    /**
     * {@return the raw log of a workspace over all its parts, to the end it has now}
     *
     * @param name the workspace's name
     */
    public Iterator<RawRecord> raw(String name) {
        return raw(name, parts(name), part -> {
            TopicPartition partition = new TopicPartition(part.topic(), 0);
            return partitions.open(partition, part.fromOffset(), partitions.end(partition));
        });
    }

    private Iterator<RawRecord> raw(String name, List<LogPart> parts,
                                    Function<LogPart, Iterator<ConsumerRecord<byte[], byte[]>>> opening) {
        return new RawLogIterator(name, parts, opening, (record, part) -> guarded(() -> codec.raw(record, part)));
    }

    /**
     * {@return the newest records of the part of a raw log that is written to now, and every further one for ever}
     *
     * @param name the workspace's name
     * @param last how many of the records that are there now to begin with
     */
    public Iterator<RawRecord> followRaw(String name, long last) {
        LogPart part = newestPart(name);
        TopicPartition partition = new TopicPartition(part.topic(), 0);
        long end = partitions.end(partition);
        return Iterators.concat(newest(name, part, end, last),
            raw(name, List.of(part), now -> partitions.open(partition, end, Long.MAX_VALUE)));
    }

    /**
     * {@return the newest records of the part of a raw log that is written to now}
     *
     * @param name the workspace's name
     * @param last how many
     */
    public Iterator<RawRecord> newestRaw(String name, long last) {
        LogPart part = newestPart(name);
        return newest(name, part, partitions.end(new TopicPartition(part.topic(), 0)), last);
    }

    /**
     * {@return a workspace's newest operations in the canonical log, and where wanted every further one for ever; one
     * that was written twice comes once}
     *
     * @param name   the workspace's name
     * @param last   how many of those that are there now to begin with
     * @param follow whether to go on
     */
    public Iterator<LoggedOperation> newestCanonical(String name, int last, boolean follow) {
        TopicPartition partition = inShard(Topics.CANONICAL, name);
        long end = partitions.end(partition);
        // Nobody knows where a workspace's newest records begin in its shard's partition, so their keys are all read.
        Iterator<ConsumerRecord<byte[], byte[]>> newest = last == 0 ? Collections.emptyIterator()
            : Iterators.last(new KeyIterator(partitions.open(partition, -1, end), prefix(name), true), last);
        Iterator<ConsumerRecord<byte[], byte[]>> further = follow
            ? new KeyIterator(partitions.open(partition, end, Long.MAX_VALUE), prefix(name), true)
            : Collections.emptyIterator();
        return new GrowingVersions(map(Iterators.concat(newest, further), codec::operation));
    }

    /** The partition of a topic that holds what is said of a workspace. */
    private TopicPartition inShard(String topic, String name) {
        return new TopicPartition(topic, workspace(name).getShard());
    }

    private LogPart newestPart(String name) {
        List<LogPart> parts = parts(name);
        return parts.get(parts.size() - 1);
    }

    /** In a shared topic nobody knows where a workspace's newest records begin, so all of it is read. */
    private Iterator<RawRecord> newest(String name, LogPart part, long end, long last) {
        long from = part.shared() ? part.fromOffset() : Math.max(part.fromOffset(), end - last);
        Iterator<RawRecord> records = raw(name, List.of(part),
            now -> partitions.open(new TopicPartition(part.topic(), 0), from, end));
        return part.shared() ? Iterators.last(records, last) : records;
    }

    /**
     * {@return the workspace's records of the canonical log, to the end it has now}
     *
     * @param name the workspace's name
     */
    public Iterator<CanonicalRecord> canonical(String name) {
        return canonical(partitions.read(inShard(Topics.CANONICAL, name)), name, 0);
    }

    /**
     * {@return the workspace's snapshots, one by one, to the end the topic has now}
     *
     * @param name the workspace's name
     */
    public Iterator<SnapshotText> snapshots(String name) {
        return map(snapshotRecords(name), codec::snapshot);
    }

    private Iterator<ConsumerRecord<byte[], byte[]>> snapshotRecords(String name) {
        return new KeyIterator(partitions.read(inShard(Topics.SNAPSHOTS, name)), prefix(name), true);
    }

    /**
     * {@return what a verification reads, opened in the order it asks for}
     *
     * @param name   the workspace's name
     * @param waitMs how long to wait for operations that were accepted and are not in the canonical log yet
     */
    public Evidence evidence(String name, long waitMs) {
        TopicPartition partition = inShard(Topics.CANONICAL, name);
        long end = partitions.end(partition);
        Iterator<CanonicalRecord> canonical = canonical(partitions.open(partition, -1, end), name, 0);
        List<SnapshotRecord> snapshots = new ArrayList<>();
        map(snapshotRecords(name), codec::snapshotRecord).forEachRemaining(snapshots::add);
        return new Evidence(raw(name), canonical, version -> late(partition, name, end, waitMs), snapshots,
            rawMax(name));
    }

    /** Offsets between the ends: in a shared topic some hold records of others. */
    long rawMax(String name) {
        return parts(name).stream()
            .mapToLong(part -> partitions.end(new TopicPartition(part.topic(), 0)) - part.fromOffset()).sum();
    }

    private Iterator<CanonicalRecord> late(TopicPartition partition, String name, long from, long waitMs) {
        PartitionReader reader = partitions.open(partition, from, Long.MAX_VALUE);
        reader.endWhenIdle(waitMs);
        return canonical(reader, name, from);
    }

    /** The workspace's records of a partition, each saying whether offsets before it are gone. */
    private Iterator<CanonicalRecord> canonical(Iterator<ConsumerRecord<byte[], byte[]>> records, String name,
                                                long from) {
        HoleFinder all = new HoleFinder(records, from);
        return map(mine(all, name), record -> {
            CanonicalRecord read = codec.canonical(record);
            return all.holeFound() ? read.behindHole() : read;
        });
    }

    /** {@return only the records whose key begins with the workspace's name and a slash} */
    private static Iterator<ConsumerRecord<byte[], byte[]>> mine(Iterator<ConsumerRecord<byte[], byte[]>> all,
                                                                 String workspace) {
        return new KeyIterator(all, prefix(workspace), false);
    }

    private static byte[] prefix(String workspace) {
        return (workspace + "/").getBytes(StandardCharsets.UTF_8);
    }

    private <T> Iterator<T> map(Iterator<ConsumerRecord<byte[], byte[]>> records,
                                Function<ConsumerRecord<byte[], byte[]>, T> reading) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public T next() {
                ConsumerRecord<byte[], byte[]> record = records.next();
                return guarded(() -> reading.apply(record));
            }
        };
    }

    private <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RegistryUnavailableException error) {
            throw KafkaErrors.registryAway(settings, error);
        }
    }

    @Override
    public void close() {
        partitions.close();
    }
}
