package dev.heddle.transformer;

import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.transformer.runtime.Process;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transformer as a process: reads its settings, runs until it is told to stop. */
public final class TransformerMain {

    private static final Logger log = LoggerFactory.getLogger(TransformerMain.class);
    private static final String OWN_PREFIX = "heddle.transformer.";

    private TransformerMain() {
    }

    /**
     * Starts the transformer.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        try {
            Map<String, String> settings = ServiceConfig.load(TransformerConfig.definition(), OWN_PREFIX,
                System.getenv(), List.of(arguments));
            log.info("settings:\n{}", ServiceConfig.effective(TransformerConfig.definition(), settings));
            TransformerService service = new TransformerService(settings);
            Process.run(service::start, service::failed, service::close);
        } catch (KafkaException refused) {
            // Wrong settings are Kafka exceptions too; their message names the setting.
            Process.fail("heddle transformer: " + refused.getMessage());
        } catch (RuntimeException failure) {
            log.debug("start failed", failure);
            Process.fail("heddle transformer: " + failure.getMessage());
        }
    }
}
