package dev.heddle.cli.doctor;

import dev.heddle.cli.render.Count;
import dev.heddle.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far transformers and snapshotters are behind what is written, and whether the brokers' clocks are right. */
final class LagChecks {

    /** Records behind which a person would notice. */
    private static final long LAG_RECORDS = 1_000;
    /** How far clocks may differ, in milliseconds. */
    private static final long CLOCK_MS = 2_000;
    private static final String CHECK = "lag";

    private final Cluster cluster;
    private final long nowMs;

    LagChecks(Cluster cluster, long nowMs) {
        this.cluster = cluster;
        this.nowMs = nowMs;
    }

    List<Diagnosis> run() {
        List<Diagnosis> found = new ArrayList<>();
        Set<String> names = cluster.answer(cluster.admin().listTopics().names());
        if (!names.contains(Topics.CANONICAL)) {
            return found;
        }
        List<TopicPartition> raw = names.stream()
            .filter(name -> name.startsWith(Topics.OPS_PREFIX)).map(name -> new TopicPartition(name, 0)).toList();
        found.add(group("heddle-transformer", raw, "orders operations"));
        // Those there are: that their number is not the one given is found elsewhere.
        List<TopicPartition> canonical = cluster.answer(
            cluster.admin().describeTopics(List.of(Topics.CANONICAL)).allTopicNames()).get(Topics.CANONICAL)
            .partitions().stream().map(info -> new TopicPartition(Topics.CANONICAL, info.partition())).toList();
        found.add(group("heddle-snapshotter", canonical, "answers reads"));
        found.add(brokerClock(canonical));
        return found;
    }

    private Diagnosis group(String group, List<TopicPartition> partitions, String what) {
        int members = members(group);
        if (members == 0) {
            return Diagnosis.fault(CHECK, "group " + group + " has no member: nobody " + what,
                "start one; with another application.id nothing is wrong, and lag is on its metrics");
        }
        Map<TopicPartition, OffsetAndMetadata> committed =
            cluster.answer(cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> ends = partitions.stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<Integer, Long> lagByShard = new HashMap<>();
        cluster.answer(cluster.admin().listOffsets(ends).all()).forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            long lag = Math.max(0, end.offset() - (offset == null ? 0 : offset.offset()));
            lagByShard.merge(shard(partition), lag, Long::sum);
        });
        Map.Entry<Integer, Long> most = lagByShard.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        if (most != null && most.getValue() > LAG_RECORDS) {
            return Diagnosis.warning(CHECK, "group " + group + " is " + most.getValue() + " records behind in shard "
                + most.getKey(), "see docs/operations/runbooks/HeddleLagGrowing.md");
        }
        return Diagnosis.good(CHECK, "group " + group + ": " + members + (members == 1 ? " member" : " members")
            + ", at most " + Count.of(most == null ? 0 : most.getValue(), "record") + " behind in any shard");
    }

    private int members(String group) {
        try {
            return cluster.answer(cluster.admin().describeConsumerGroups(List.of(group)).describedGroups().get(group))
                .members().size();
        } catch (Cluster.NoAnswerException unknown) {
            if (unknown.absent()) {
                return 0;
            }
            throw unknown;
        }
    }

    private static int shard(TopicPartition partition) {
        return partition.topic().equals(Topics.CANONICAL) ? partition.partition()
            : TopicChecks.shard(partition.topic());
    }

    /** Only a clock that runs ahead shows: the newest record then comes from the future. */
    private Diagnosis brokerClock(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> newest = partitions.stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.maxTimestamp()));
        long latestMs = cluster.answer(cluster.admin().listOffsets(newest).all()).values().stream()
            .mapToLong(ListOffsetsResultInfo::timestamp).max().orElse(-1);
        if (latestMs > nowMs + CLOCK_MS) {
            return Diagnosis.warning("clocks", "the newest operation is " + (latestMs - nowMs)
                + " ms in the future of this machine", "compare the brokers' clocks and this one's (NTP)");
        }
        return Diagnosis.good("clocks", "no operation is in the future of this machine");
    }
}
