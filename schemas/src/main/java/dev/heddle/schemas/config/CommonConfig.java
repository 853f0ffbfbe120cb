package dev.heddle.schemas.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.schemas.serde.AvroSerdeConfig;
import dev.heddle.schemas.topic.Shards;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings that all services share, by one name and with one meaning. */
public final class CommonConfig {

    /** Addresses of some brokers. */
    public static final String BOOTSTRAP_SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
    /** The installation's number of shards. */
    public static final String SHARDS = "heddle.shards";
    /** File of the key that gateways sign with. */
    public static final String SIGNING_KEY_FILE = "heddle.signing.key.file";
    /** Replicas of topics created here; Kafka Streams' name for it. */
    public static final String REPLICATION_FACTOR = "replication.factor";

    private CommonConfig() {
    }

    /**
     * {@return the definition with the shared settings added, those of the registry among them}
     *
     * @param definition where to add them
     */
    public static ConfigDef define(ConfigDef definition) {
        definition
            .define(BOOTSTRAP_SERVERS, Type.LIST, ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.ValidList.anyNonDuplicateValues(false, false), Importance.HIGH,
                "Addresses of some brokers, `host:port`, separated by commas.")
            .define(SHARDS, Type.INT, Shards.DEFAULT, between(1, Shards.MAX), Importance.HIGH,
                "Number of shards, fixed when the installation is created and the same for all services.")
            .define(SIGNING_KEY_FILE, Type.STRING, null, Importance.MEDIUM,
                "File of the key by which transformers tell what gateways wrote from what others wrote under a name "
                    + "of their choice (`via` of a canonical record): 32 characters or more per line; the first line "
                    + "signs, all are taken. The same for all gateways and transformers. Without it every writer's "
                    + "word counts.")
            .define(REPLICATION_FACTOR, Type.SHORT, (short) -1, between(-1, Short.MAX_VALUE), Importance.MEDIUM,
                "Replicas of topics created here; -1 is the brokers' default.");
        return AvroSerdeConfig.define(definition);
    }
}
