package dev.heddle.schemas.topic;

import java.util.Objects;

/**
 * One setting of a topic and how strictly it must hold on a topic that exists already.
 *
 * @param name   Kafka's name of the setting
 * @param value  its value at creation
 * @param rule   what is demanded of a topic that exists
 * @param reason why, in one sentence
 */
public record TopicSetting(String name, String value, Rule rule, String reason) {

    /** What is demanded of a topic that exists. */
    public enum Rule {
        /** The value itself: anything else breaks a promise. */
        EXACT("exactly this"),
        /** This number or a larger one. */
        AT_LEAST("at least this"),
        /** Nothing: an operator may tune it. */
        TUNABLE("may be tuned");

        private final String sentence;

        Rule(String sentence) {
            this.sentence = sentence;
        }

        /** {@return the rule in words, for the reference page} */
        public String sentence() {
            return sentence;
        }
    }

    /** Checks that all parts are there. */
    public TopicSetting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * {@return whether a value found on a topic satisfies this setting}
     *
     * @param found the value found, or null for none
     */
    public boolean satisfiedBy(String found) {
        return switch (rule) {
            case EXACT -> value.equals(found);
            case AT_LEAST -> found != null && Long.parseLong(found) >= Long.parseLong(value);
            case TUNABLE -> true;
        };
    }
}
