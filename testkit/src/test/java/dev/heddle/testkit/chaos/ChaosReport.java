package dev.heddle.testkit.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a run that lost, doubled and reordered nothing (one that did has no figures).
 *
 * @param seed         of the run
 * @param acknowledged operations of which their writers were told
 * @param rawRecords   records of the raw logs, resends included
 * @param duplicates   byte-identical repeats in the canonical topic
 * @param faults       how many of each kind and role, such as {@code KILL TRANSFORMER}
 * @param recoveriesMs by kind and role: how long after each fault every workspace had acknowledged an operation that
 *                     was submitted after it, in milliseconds, ascending
 * @param seconds      from the first operation to the last answer
 */
public record ChaosReport(long seed, long acknowledged, long rawRecords, long duplicates, Map<String, Integer> faults,
                          Map<String, List<Long>> recoveriesMs, double seconds) {

    static ChaosReport of(long seed, Journal journal, long duplicates, long rawRecords, double seconds) {
        List<Acknowledged> acknowledged = journal.acknowledged();
        Map<String, Integer> faults = new TreeMap<>();
        Map<String, List<Long>> recoveries = new TreeMap<>();
        for (Fault fault : journal.faults()) {
            String what = fault.kind() + " " + fault.role();
            faults.merge(what, 1, Integer::sum);
            long recoveryMs = recoveryMs(fault, acknowledged);
            if (recoveryMs > 0) {
                recoveries.computeIfAbsent(what, none -> new ArrayList<>()).add(recoveryMs);
            }
        }
        recoveries.values().forEach(each -> each.sort(null));
        return new ChaosReport(seed, acknowledged.size(), rawRecords, duplicates, faults, recoveries,
            seconds);
    }

    /**
     * {@return how long after a fault every workspace had acknowledged an operation that was submitted after it, in
     * milliseconds; 0 where one of them has not yet}
     *
     * @param fault        the fault
     * @param acknowledged all acknowledgements so far, of every workspace at least one
     */
    static long recoveryMs(Fault fault, List<Acknowledged> acknowledged) {
        Map<String, Long> firstNanos = new HashMap<>();
        for (Acknowledged each : acknowledged) {
            boolean after = each.submittedNanos() != 0 && each.submittedNanos() - fault.nanos() >= 0;
            firstNanos.merge(each.workspace(), after ? each.nanos() - fault.nanos() : Long.MAX_VALUE, Math::min);
        }
        long slowest = firstNanos.values().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
        return slowest == Long.MAX_VALUE ? 0 : slowest / 1_000_000;
    }

    /** {@return how many faults of a kind there were} */
    public int count(Fault.Kind kind) {
        return faults.entrySet().stream().filter(each -> each.getKey().startsWith(kind + " "))
            .mapToInt(Map.Entry::getValue).sum();
    }

    /** {@return all recoveries in milliseconds, ascending} */
    public long[] allRecoveriesMs() {
        return recoveriesMs.values().stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
    }

    @Override
    public String toString() {
        long[] all = allRecoveriesMs();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "seed %d: %d operations acknowledged in %.0f s; lost 0, doubled 0, reordered 0%n"
                + "raw records %d, byte-identical repeats in the canonical log %d%n"
                + "kills %d, terminations %d, pauses %d, long pauses %d%n"
                + "recoveries %d: median %d ms, worst %d ms%n", seed, acknowledged, seconds, rawRecords, duplicates,
            count(Fault.Kind.KILL), count(Fault.Kind.TERMINATE), count(Fault.Kind.PAUSE), count(Fault.Kind.LONG_PAUSE),
            all.length, all.length == 0 ? 0 : all[all.length / 2], Arrays.stream(all).max().orElse(0)));
        recoveriesMs.forEach((what, ms) -> text.append(String.format(Locale.ROOT,
            "  %-24s %3d times: median %6d ms, worst %6d ms%n", what, ms.size(), ms.get(ms.size() / 2),
            ms.get(ms.size() - 1))));
        return text.toString();
    }
}
