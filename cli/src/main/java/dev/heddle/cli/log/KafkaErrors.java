package dev.heddle.cli.log;

import dev.heddle.cli.CliException;
import dev.heddle.cli.ExitCode;
import org.apache.kafka.common.KafkaException;

/** Kafka's and the registry's errors told to a person. Pure. */
final class KafkaErrors {

    private KafkaErrors() {
    }

    static CliException told(LogSettings settings, KafkaException error) {
        return away(settings, error.getMessage(), error);
    }

    static CliException noTopic(LogSettings settings, Object topic) {
        return new CliException(ExitCode.REFUSED, "UNKNOWN_TOPIC", "there is no " + topic + " at "
            + settings.bootstrapServers(), "is this the broker of a Heddle installation?");
    }

    static CliException away(LogSettings settings, String reason, Exception cause) {
        CliException told = new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "no Kafka broker answers at "
            + settings.bootstrapServers() + " (" + reason + ")",
            "is it running? name another with --kafka or HEDDLE_KAFKA");
        if (cause != null) {
            told.initCause(cause);
        }
        return told;
    }

    static CliException registryAway(LogSettings settings, Exception error) {
        CliException told = new CliException(ExitCode.UNAVAILABLE, "UNAVAILABLE", "no schema registry answers at "
            + settings.registryUrl() + " (" + error.getMessage() + ")",
            "is it running? name another with --registry or HEDDLE_REGISTRY");
        told.initCause(error);
        return told;
    }
}
