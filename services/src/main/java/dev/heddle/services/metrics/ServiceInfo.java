package dev.heddle.services.metrics;

import dev.heddle.schemas.runtime.ServiceVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.AbstractConfig;

/** What {@code heddle doctor} compares between services: version, clock, and the settings that must be alike. */
public final class ServiceInfo {

    private static final double MS_PER_SECOND = 1_000;

    private ServiceInfo() {
    }

    /**
     * Registers a service's gauges.
     *
     * @param meters  where to
     * @param service what the service is called, such as {@code transformer}
     * @param config  its settings
     * @param alike   names of those of its settings, numbers all of them, that services must agree on
     * @param nowMs   this machine's clock, milliseconds since 1970 UTC
     */
    public static void register(MeterRegistry meters, String service, AbstractConfig config, Collection<String> alike,
                                LongSupplier nowMs) {
        Gauge.builder("heddle.build.info", () -> 1).description("The program: 1, with its version as a label")
            .tag("service", service).tag("version", ServiceVersion.current()).strongReference(true).register(meters);
        Gauge.builder("heddle.time.seconds", () -> nowMs.getAsLong() / MS_PER_SECOND)
            .description("This machine's clock, since 1970 UTC").strongReference(true).register(meters);
        for (String name : alike) {
            double value = ((Number) config.values().get(name)).doubleValue();
            Gauge.builder("heddle.setting", () -> value).description("A setting that services must agree on")
                .tag("name", name).strongReference(true).register(meters);
        }
    }
}
