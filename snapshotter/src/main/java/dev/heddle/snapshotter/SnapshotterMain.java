package dev.heddle.snapshotter;

import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.snapshotter.runtime.Process;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshotter as a process: reads its settings, runs until it is told to stop. */
public final class SnapshotterMain {

    private static final Logger log = LoggerFactory.getLogger(SnapshotterMain.class);
    private static final String OWN_PREFIX = "heddle.snapshotter.";

    private SnapshotterMain() {
    }

    /**
     * Starts the snapshotter.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        try {
            Map<String, String> settings = ServiceConfig.load(SnapshotterConfig.definition(), OWN_PREFIX,
                System.getenv(), List.of(arguments));
            log.info("settings:\n{}", ServiceConfig.effective(SnapshotterConfig.definition(), settings));
            SnapshotterService service = new SnapshotterService(settings);
            Process.run(service::start, service::failed, service::close);
        } catch (KafkaException refused) {
            // Wrong settings are Kafka exceptions too; their message names the setting.
            Process.fail("heddle snapshotter: " + refused.getMessage());
        } catch (RuntimeException failure) {
            log.debug("start failed", failure);
            Process.fail("heddle snapshotter: " + failure.getMessage());
        }
    }
}
