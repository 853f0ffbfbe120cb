package dev.heddle.snapshotter;

import dev.heddle.schemas.config.Reasons;
import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.schemas.config.ServiceLogging;
import dev.heddle.snapshotter.runtime.Process;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshotter as a process: reads its settings, runs until it is told to stop. Exit status: {@link Process}. */
public final class SnapshotterMain {

    private static final String OWN_PREFIX = "heddle.snapshotter.";

    private SnapshotterMain() {
    }

    /**
     * Starts the snapshotter.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        ServiceLogging.toStandardOutput();
        Logger log = LoggerFactory.getLogger(SnapshotterMain.class);
        try {
            Map<String, String> settings = ServiceConfig.load(SnapshotterConfig.definition(), OWN_PREFIX,
                System.getenv(), List.of(arguments));
            log.info("snapshotter settings:\n{}", ServiceConfig.effective(SnapshotterConfig.definition(), settings));
            SnapshotterService service = new SnapshotterService(settings);
            Process.run(service::start, service::failed, service::close);
        } catch (ConfigException refused) {
            Process.fail(Process.BAD_SETTINGS, "heddle snapshotter: " + refused.getMessage());
        } catch (RuntimeException failure) {
            log.debug("start failed", failure);
            Process.fail(Process.FAILED, "heddle snapshotter: could not start: " + Reasons.of(failure));
        }
    }
}
