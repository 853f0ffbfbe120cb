package dev.heddle.transformer;

import dev.heddle.schemas.config.Reasons;
import dev.heddle.schemas.config.ServiceConfig;
import dev.heddle.schemas.config.ServiceLogging;
import dev.heddle.transformer.runtime.Process;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transformer as a process: reads its settings, runs until it is told to stop. Exit status: {@link Process}. */
public final class TransformerMain {

    private static final String OWN_PREFIX = "heddle.transformer.";

    private TransformerMain() {
    }

    /**
     * Starts the transformer.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        ServiceLogging.toStandardOutput();
        Logger log = LoggerFactory.getLogger(TransformerMain.class);
        try {
            Map<String, String> settings = ServiceConfig.load(TransformerConfig.definition(), OWN_PREFIX,
                System.getenv(), List.of(arguments));
            log.info("transformer settings:\n{}", ServiceConfig.effective(TransformerConfig.definition(), settings));
            TransformerService service = new TransformerService(settings);
            Process.run(service::start, service::failed, service::close);
        } catch (ConfigException refused) {
            Process.fail(Process.BAD_SETTINGS, "heddle transformer: " + refused.getMessage());
        } catch (RuntimeException failure) {
            log.debug("start failed", failure);
            Process.fail(Process.FAILED, "heddle transformer: could not start: " + Reasons.of(failure));
        }
    }
}
