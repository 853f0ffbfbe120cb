package dev.heddle.gateway;

import dev.heddle.gateway.runtime.Process;
import dev.heddle.schemas.config.Reasons;
import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.schemas.config.ServiceLogging;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The gateway as a process: settings from a file, the environment and arguments; SIGTERM drains it. */
public final class GatewayMain {

    private static final int BAD_SETTINGS = 2;
    private static final int START_FAILED = 1;

    private GatewayMain() {
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}
     */
    public static void main(String[] arguments) {
        ServiceLogging.toStandardOutput();
        Process process = new Process();
        GatewayService service;
        try {
            Map<String, String> settings = ServiceConfig.load(GatewayConfig.definition(), GatewayConfig.PREFIX,
                System.getenv(), List.of(arguments));
            service = new GatewayService(settings);
        } catch (ConfigException e) {
            process.fail(BAD_SETTINGS, "heddle gateway: " + e.getMessage());
            return;
        }
        process.onStop(service::close);
        try {
            service.start();
        } catch (RuntimeException e) {
            process.fail(START_FAILED, "heddle gateway: could not start: " + Reasons.of(e));
        }
    }
}
