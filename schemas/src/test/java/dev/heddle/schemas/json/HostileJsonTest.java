package dev.heddle.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Operation;
import dev.heddle.schemas.Generator;
import dev.heddle.schemas.Seeds;
import dev.heddle.schemas.codec.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a client sends: an operation that can be written again, or a named error. */
class HostileJsonTest {

    private static final int CASES = 20_000;
    private static final int MAX_BYTES = 100_000;
    private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e9",
        "1e999999", "9".repeat(60), "\\ud800", "\\u0000", "\"file\":", "\"kind\":\"noop\"", "\"at\":", "\uFEFF", "/*",
        "NaN");

    @Test
    void shouldReadOrNameTheErrorWhenMessagesAreDamaged() {
        Random random = Seeds.random("damaged messages");
        Generator generator = new Generator(random);
        int read = 0;
        for (int i = 0; i < CASES; i++) {
            StringBuilder text = new StringBuilder(OperationJson.json(generator.submitted()).toString());
            for (int times = random.nextInt(4); times > 0; times--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(Character.MAX_VALUE + 1));
                    case 1 -> text.delete(at, Math.min(text.length() - 1, at + 1 + random.nextInt(8)));
                    default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                Operation operation = random.nextBoolean()
                    ? OperationJson.submitted(OperationJson.parse(text.toString(), MAX_BYTES))
                    : OperationJson.submitted(OperationJson.parse(bytes, MAX_BYTES));
                String again = OperationJson.json(operation).toString();
                assertThat(OperationJson.submitted(OperationJson.parse(again, MAX_BYTES))).isEqualTo(operation);
                read++;
            } catch (CodecException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
        }
        assertThat(read).as("messages left whole, or damaged into others").isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void shouldReadOrNameTheErrorWhenBytesAreRandom() {
        Random random = Seeds.random("random messages");
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                OperationJson.submitted(OperationJson.parse(bytes, MAX_BYTES));
            } catch (CodecException named) {
                assertThat(named.getMessage()).isNotBlank();
            }
        }
    }
}
