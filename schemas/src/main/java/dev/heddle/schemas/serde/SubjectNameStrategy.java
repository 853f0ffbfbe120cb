package dev.heddle.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How the registry's subject of a record is called; the three strategies of Confluent's clients, by their names. */
public enum SubjectNameStrategy {
    /** The record's full name; Heddle's own choice, as topics are per workspace. */
    RECORD_NAME("RecordNameStrategy"),
    /** The topic's name and {@code -key} or {@code -value}. */
    TOPIC_NAME("TopicNameStrategy"),
    /** The topic's name, a hyphen and the record's full name. */
    TOPIC_RECORD_NAME("TopicRecordNameStrategy");

    private final String className;

    SubjectNameStrategy(String className) {
        this.className = className;
    }

    /**
     * {@return the strategy of a setting's value}
     *
     * @param name  the setting's name, for the error
     * @param value a class name as Confluent's clients take it, with or without its package
     * @throws ConfigException where it is none of the three
     */
    static SubjectNameStrategy parse(String name, String value) {
        String simple = value.substring(value.lastIndexOf('.') + 1).trim();
        for (SubjectNameStrategy strategy : values()) {
            if (strategy.className.equals(simple)) {
                return strategy;
            }
        }
        throw new ConfigException(name, value, "expected: RecordNameStrategy, TopicNameStrategy or "
            + "TopicRecordNameStrategy, with or without Confluent's package");
    }

    /**
     * {@return the subject of a record}
     *
     * @param topic  the topic it is written to; may be null for {@link #RECORD_NAME}
     * @param isKey  whether it is a key
     * @param schema its schema
     */
    public String subject(String topic, boolean isKey, Schema schema) {
        return switch (this) {
            case RECORD_NAME -> schema.getFullName();
            case TOPIC_NAME -> topic + (isKey ? "-key" : "-value");
            case TOPIC_RECORD_NAME -> topic + "-" + schema.getFullName();
        };
    }
}
