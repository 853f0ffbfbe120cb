package dev.heddle.transformer.processor;

import dev.heddle.engine.RejectionCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What one shard counts. Written by the shard's thread, read by any. */
public final class SequencerMetrics {

    private final Counter in;
    private final Counter committed;
    private final Map<RejectionCode, Counter> rejected = new EnumMap<>(RejectionCode.class);
    private final Counter repeated;
    private final Counter answeredAgain;
    private final Counter forgotten;
    private final Counter deadLetters;
    private final Counter holes;
    private final Counter loaded;
    private final Timer transform;
    private final DistributionSummary window;
    private final AtomicLong hotWorkspaces;
    private final AtomicLong hotTextBytes;

    /**
     * The meters of a shard.
     *
     * @param registry where they are registered; the same shard may be registered again and goes on counting
     * @param shard    the shard's two digits
     */
    public SequencerMetrics(MeterRegistry registry, String shard) {
        Tags tags = Tags.of("shard", shard);
        this.in = counter(registry, "heddle.transformer.ops.in", "Records read from raw logs", tags);
        this.committed = counter(registry, "heddle.transformer.ops.committed", "Operations that took a version", tags);
        for (RejectionCode code : RejectionCode.values()) {
            rejected.put(code, counter(registry, "heddle.transformer.ops.rejected", "Operations refused, by code",
                tags.and("code", code.name())));
        }
        this.repeated = counter(registry, "heddle.transformer.ops.repeated",
            "Operations sent twice by their writers; the first answer went out again", tags);
        this.answeredAgain = counter(registry, "heddle.transformer.ops.answered.again",
            "Records read again after a restart or failover; the stored answer went out again", tags);
        this.forgotten = counter(registry, "heddle.transformer.ops.forgotten",
            "Records read again whose answer is no longer kept", tags);
        this.deadLetters = counter(registry, "heddle.transformer.dead.letters",
            "Records that could not be ordered", tags);
        this.holes = counter(registry, "heddle.transformer.holes",
            "Decisions missing between stored ones; any is a bug or a damaged store", tags);
        this.loaded = counter(registry, "heddle.transformer.workspaces.loaded",
            "Workspaces brought from the store into memory", tags);
        this.transform = Timer.builder("heddle.transformer.transform")
            .description("Time to decide, store and answer one record").tags(tags)
            .publishPercentiles(0.5, 0.99).register(registry);
        this.window = DistributionSummary.builder("heddle.transformer.window").baseUnit("operations")
            .description("Operations between the base of an accepted operation and its own version").tags(tags)
            .publishPercentiles(0.5, 0.99).register(registry);
        this.hotWorkspaces = gauge(registry, "heddle.transformer.workspaces.hot", "Workspaces held in memory", tags);
        this.hotTextBytes = gauge(registry, "heddle.transformer.workspaces.hot.text.bytes",
            "Text of the workspaces held in memory, in UTF-8 bytes", tags);
    }

    private static AtomicLong gauge(MeterRegistry registry, String name, String help, Tags tags) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::doubleValue).description(help).tags(tags).strongReference(true)
            .register(registry);
        return value;
    }

    private static Counter counter(MeterRegistry registry, String name, String help, Tags tags) {
        return Counter.builder(name).description(help).tags(tags).register(registry);
    }

    void operationIn() {
        in.increment();
    }

    /** Notes an accepted operation and how far behind its version its base lay. */
    void committed(long operationsBetween) {
        committed.increment();
        window.record(operationsBetween);
    }

    void rejected(RejectionCode code) {
        rejected.get(code).increment();
    }

    void repeated() {
        repeated.increment();
    }

    void answeredAgain() {
        answeredAgain.increment();
    }

    void forgotten() {
        forgotten.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void hole() {
        holes.increment();
    }

    void loaded() {
        loaded.increment();
    }

    void hot(long workspaces, long textBytes) {
        hotWorkspaces.set(workspaces);
        hotTextBytes.set(textBytes);
    }

    /**
     * Notes how long one record took.
     *
     * @param nanos nanoseconds
     */
    public void transformed(long nanos) {
        transform.record(nanos, TimeUnit.NANOSECONDS);
    }
}
