package dev.heddle.schemas.serde;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.SslConfigs;

/** Settings of the registry client and the serde; where Confluent's clients have a name for one, it is that name. */
public final class AvroSerdeConfig extends AbstractConfig {

    /** Addresses of the registry. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    /** User and password of the registry. */
    public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
    /** Whether schemas are registered. */
    public static final String AUTO_REGISTER_SCHEMAS = "auto.register.schemas";
    /** How subjects of values are called. */
    public static final String VALUE_SUBJECT_NAME_STRATEGY = "value.subject.name.strategy";
    /** How subjects of keys are called. */
    public static final String KEY_SUBJECT_NAME_STRATEGY = "key.subject.name.strategy";
    /** Which record a deserializer made by class name reads. */
    public static final String SPECIFIC_AVRO_VALUE_TYPE = "specific.avro.value.type";
    /** Longest wait for a connection. */
    public static final String HTTP_CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    /** Longest wait for a whole answer. */
    public static final String HTTP_READ_TIMEOUT_MS = "http.read.timeout.ms";
    /** Number of further rounds. */
    public static final String MAX_RETRIES = "max.retries";
    /** First wait between rounds. */
    public static final String RETRIES_WAIT_MS = "retries.wait.ms";
    /** Longest wait between rounds. */
    public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";
    /** Size of the caches. */
    public static final String SCHEMAS_CACHE_MAX = "heddle.registry.schemas.max";
    /** How long an unknown id is remembered. */
    public static final String UNKNOWN_CACHE_MS = "heddle.registry.unknown.cache.ms";
    /** What every TLS setting of the registry begins with. */
    public static final String SSL_PREFIX = "schema.registry.";

    private static final int MAX_WAIT_MS = 10 * 60 * 1000;

    private AvroSerdeConfig(Map<String, ?> settings) {
        super(define(new ConfigDef()), settings, false);
    }

    /**
     * {@return the settings, checked}
     *
     * @param settings settings by name; names not known here are left alone
     * @throws org.apache.kafka.common.config.ConfigException where one is missing or not allowed
     */
    public static AvroSerdeConfig of(Map<String, ?> settings) {
        return new AvroSerdeConfig(settings);
    }

    /**
     * {@return the definition with the settings of this class added}
     *
     * @param definition where to add them
     */
    public static ConfigDef define(ConfigDef definition) {
        return defineSubjects(defineHttp(definition));
    }

    private static ConfigDef defineHttp(ConfigDef definition) {
        return definition
            .define(SCHEMA_REGISTRY_URL, Type.LIST, ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.ValidList.anyNonDuplicateValues(false, false), Importance.HIGH,
                "Addresses of the schema registry (Confluent's REST interface), separated by commas; tried in turn. "
                    + "Apicurio serves it under `/apis/ccompat/v7`.")
            .define(BASIC_AUTH_USER_INFO, Type.PASSWORD, null, Importance.MEDIUM,
                "User and password for the registry, as `user:password`; none where not set.")
            .define(HTTP_CONNECT_TIMEOUT_MS, Type.INT, 2_000, between(1, MAX_WAIT_MS), Importance.LOW,
                "Longest wait for a connection to the registry, in milliseconds.")
            .define(HTTP_READ_TIMEOUT_MS, Type.INT, 5_000, between(1, MAX_WAIT_MS), Importance.LOW,
                "Longest wait for the whole answer to one request to the registry, in milliseconds.")
            .define(MAX_RETRIES, Type.INT, 3, between(0, 1_000), Importance.LOW,
                "How many further rounds over all addresses are tried where the registry does not answer.")
            .define(RETRIES_WAIT_MS, Type.INT, 100, between(0, MAX_WAIT_MS), Importance.LOW,
                "Wait before the second round, in milliseconds; each further wait is twice as long.")
            .define(RETRIES_MAX_WAIT_MS, Type.INT, 2_000, between(0, MAX_WAIT_MS), Importance.LOW,
                "Longest wait between two rounds, in milliseconds.")
            .define(SCHEMAS_CACHE_MAX, Type.INT, 1_000, between(1, 1_000_000), Importance.LOW,
                "Most schemas held in memory; the one longest unused goes first.")
            .define(UNKNOWN_CACHE_MS, Type.INT, 10_000, between(0, MAX_WAIT_MS), Importance.LOW,
                "How long an id the registry does not know is not asked for again, in milliseconds.");
    }

    private static ConfigDef defineSubjects(ConfigDef definition) {
        return definition
            .define(AUTO_REGISTER_SCHEMAS, Type.BOOLEAN, true, Importance.MEDIUM,
                "Whether schemas are registered at start and with the first record; if not, they must be there.")
            .define(VALUE_SUBJECT_NAME_STRATEGY, Type.STRING, "RecordNameStrategy", strategy(), Importance.MEDIUM,
                "How the registry's subjects of values are called; Confluent's class names, with or without package.")
            .define(KEY_SUBJECT_NAME_STRATEGY, Type.STRING, "RecordNameStrategy", strategy(), Importance.LOW,
                "How the registry's subjects of keys are called; Heddle's own keys are plain text.")
            .define(SPECIFIC_AVRO_VALUE_TYPE, Type.STRING, null, Importance.LOW,
                "Full name of the record that a deserializer made by class name reads, such as "
                    + "`dev.heddle.CanonicalOp`; where not set, whichever of Heddle's records was written.");
    }

    private static ConfigDef.Validator strategy() {
        return ConfigDef.LambdaValidator.with(
            (name, value) -> SubjectNameStrategy.parse(name, String.valueOf(value)),
            () -> "RecordNameStrategy, TopicNameStrategy or TopicRecordNameStrategy");
    }

    /**
     * {@return the subject name strategy}
     *
     * @param isKey whether for keys
     */
    SubjectNameStrategy strategy(boolean isKey) {
        String name = isKey ? KEY_SUBJECT_NAME_STRATEGY : VALUE_SUBJECT_NAME_STRATEGY;
        return SubjectNameStrategy.parse(name, getString(name));
    }

    /** {@return Kafka's TLS settings for the registry, without their prefix; empty where none is set} */
    Map<String, Object> ssl() {
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        Map<String, Object> given = originalsWithPrefix(SSL_PREFIX);
        given.keySet().removeIf(name -> !name.startsWith("ssl."));
        return given.isEmpty() ? Map.of() : known.parse(given).entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
