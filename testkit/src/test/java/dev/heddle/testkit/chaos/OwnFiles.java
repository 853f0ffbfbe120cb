package dev.heddle.testkit.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Operations on files that only one writer touches: made, changed by what they hold, renamed, deleted, in turn. */
final class OwnFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String prefix;
    private final Random random;
    private int number;
    private int stage;

    OwnFiles(String session, Random random) {
        this.prefix = "own/" + session.substring(0, 13) + "-";
        this.random = random;
    }

    /** {@return whether it is time for one, about once in so many times} */
    boolean due(int every) {
        return random.nextInt(every) == 0;
    }

    ObjectNode next() {
        String path = prefix + number + ".txt";
        switch (stage++) {
            case 0:
                return MAPPER.createObjectNode().put("kind", "create").put("path", path).put("text", "one two one");
            case 1:
                return MAPPER.createObjectNode().put("kind", "replace").put("path", path).put("find", "two")
                    .put("with", "drei").put("occurrence", "only");
            case 2:
                return MAPPER.createObjectNode().put("kind", "rename").put("path", path).put("to", path + ".old");
            case 3:
                return MAPPER.createObjectNode().put("kind", "noop");
            default:
                stage = 0;
                number++;
                // Every second file stays, so that there is something to compare.
                return number % 2 == 0 ? MAPPER.createObjectNode().put("kind", "noop")
                    : MAPPER.createObjectNode().put("kind", "delete").put("path", path + ".old");
        }
    }
}
