package dev.heddle.testkit.chaos;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.teststack.TopicReader;
import dev.heddle.teststack.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads whole topics and judges them by {@link ModelWorkspace}. Shares no code with the services but the generated
 * records. One thread.
 */
public final class HistoryChecker {

    private final String bootstrapServers;
    private final WireCodec codec;
    private final Map<String, ModelWorkspace> workspaces = new TreeMap<>();
    private final Map<String, byte[]> canonical = new HashMap<>();
    private long duplicates;

    /**
     * A checker that has read nothing.
     *
     * @param bootstrapServers the brokers
     * @param codec            decodes records
     */
    public HistoryChecker(String bootstrapServers, WireCodec codec) {
        this.bootstrapServers = bootstrapServers;
        this.codec = codec;
    }

    /**
     * Reads the canonical topic from its beginning to its end as of now.
     *
     * @throws AssertionError for a gap, a duplicate with other bytes, a broken chain, a number out of order, a change
     *                        that does not fit
     */
    public void readCanonical() {
        try (TopicReader reader = new TopicReader(bootstrapServers, "heddle.canonical")) {
            reader.readToEnd().forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            throw new AssertionError("heddle.canonical: " + key + " was removed (expected: nothing is in this run)");
        }
        byte[] before = canonical.putIfAbsent(key, record.value());
        if (before != null) {
            duplicates++;
            if (!Arrays.equals(before, record.value())) {
                throw new AssertionError("heddle.canonical: " + key + " comes twice with different bytes");
            }
            return;
        }
        CanonicalOp operation = codec.decode(record.value(), CanonicalOp.class);
        String named = String.format("%s/%020d", operation.getWorkspace(), operation.getVersion());
        if (!named.equals(key)) {
            throw new AssertionError("heddle.canonical: " + key + " holds " + named);
        }
        workspaces.computeIfAbsent(operation.getWorkspace(), ModelWorkspace::new).accept(operation);
    }

    /**
     * Proves that what writers were told is what the log says.
     *
     * @param acknowledged what they were told
     * @throws AssertionError naming the first operation that is lost, or is another one
     */
    public void checkAcknowledged(List<Acknowledged> acknowledged) {
        for (Acknowledged each : acknowledged) {
            ModelWorkspace workspace = workspace(each.workspace());
            List<Long> versions = workspace.versions(each.session());
            if (versions.size() < each.seq()) {
                throw new AssertionError("lost: " + each + "; the session has " + versions.size()
                    + " operations in the log");
            }
            if (versions.get((int) each.seq() - 1) != each.version()
                || !workspace.hash(each.version()).equals(each.hash())) {
                throw new AssertionError("the log says otherwise: " + each + " is version "
                    + versions.get((int) each.seq() - 1));
            }
        }
    }

    /**
     * Proves that every record a broker confirmed is where the broker said.
     *
     * @param appended what brokers said
     * @param topics   raw logs by workspace
     * @return how many records the raw logs hold
     */
    public long checkAppended(List<Appended> appended, Map<String, String> topics) {
        Map<String, Map<Long, ClientOp>> raw = new HashMap<>();
        long records = 0;
        for (Map.Entry<String, String> topic : topics.entrySet()) {
            Map<Long, ClientOp> byOffset = new HashMap<>();
            raw(topic.getValue()).forEach(record ->
                byOffset.put(record.offset(), codec.decode(record.value(), ClientOp.class)));
            records += byOffset.size();
            raw.put(topic.getKey(), byOffset);
        }
        for (Appended each : appended) {
            ClientOp found = raw.get(each.workspace()).get(each.offset());
            if (found == null || found.getSeq() != each.seq() || !found.getSession().equals(each.session())) {
                throw new AssertionError("lost from the raw log: " + each + "; there is " + found);
            }
        }
        return records;
    }

    /** {@return a raw log, all of it} */
    List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            return reader.readToEnd();
        }
    }

    /**
     * {@return what a workspace's records come to}
     *
     * @param name the workspace
     */
    public ModelWorkspace workspace(String name) {
        return workspaces.computeIfAbsent(name, ModelWorkspace::new);
    }

    /** {@return the canonical record of a version, or null} */
    byte[] canonical(String workspace, long version) {
        return canonical.get(String.format("%s/%020d", workspace, version));
    }

    /** {@return how many records were byte-identical repeats of earlier ones} */
    public long duplicates() {
        return duplicates;
    }
}
