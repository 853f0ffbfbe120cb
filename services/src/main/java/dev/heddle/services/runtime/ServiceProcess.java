package dev.heddle.services.runtime;

import dev.heddle.schemas.config.Reasons;
import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.schemas.config.ServiceLogging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service as a process: its settings are read and printed, it is started, and it runs until a signal comes or it has
 * ended for good by itself. What its exit statuses mean stands in {@code docs/reference/processes.md}.
 */
public final class ServiceProcess {

    /** Exit status of a process that could not start, or ended by itself. */
    public static final int FAILED = 1;
    /** Exit status of a process whose settings are missing or not allowed; nothing was started. */
    public static final int BAD_SETTINGS = 2;

    private static final long LOOK_MS = 500;

    /**
     * What a service can be asked to do.
     *
     * @param start  starts it; returns when it runs
     * @param failed whether it has ended for good by itself
     * @param close  stops it within bounded time; may be called while it starts, and more than once
     */
    public record Service(Runnable start, BooleanSupplier failed, Runnable close) {
    }

    private final String name;
    private final ConfigDef definition;

    /**
     * A process, not yet started.
     *
     * @param name       what the service is called, such as {@code transformer}: also in the names of its settings
     * @param definition its settings
     */
    public ServiceProcess(String name, ConfigDef definition) {
        this.name = name;
        this.definition = definition;
    }

    /**
     * Runs a service and returns when it was stopped by a signal; ends the process where it failed.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}
     * @param make      makes the service of its settings
     */
    public void run(String[] arguments, Function<Map<String, String>, Service> make) {
        ServiceLogging.toStandardOutput();
        // Made here, as the settings of logging have to be in place before the first logger.
        Logger log = LoggerFactory.getLogger(ServiceProcess.class);
        try {
            Map<String, String> settings = ServiceConfig.load(definition, "heddle." + name + ".", System.getenv(),
                List.of(arguments));
            log.info("{} settings:\n{}", name, ServiceConfig.effective(definition, settings));
            runUntilStopped(make.apply(settings));
        } catch (ConfigException refused) {
            fail(BAD_SETTINGS, refused.getMessage());
        } catch (RuntimeException failure) {
            log.debug("start failed", failure);
            fail(FAILED, "could not start: " + Reasons.of(failure));
        }
    }

    private void runUntilStopped(Service service) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            service.close().run();
            stopped.countDown();
        }, name + "-stop"));
        service.start().run();
        try {
            while (!stopped.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (service.failed().getAsBoolean()) {
                    fail(FAILED, "ended by itself, see the log");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(int status, String message) {
        System.err.println("heddle " + name + ": " + message);
        System.exit(status);
    }
}
