package dev.heddle.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes: bits, pieces, numbers at their limits, words of the protocol, parts of other inputs. One thread. */
final class Mutator {

    private static final int LENGTH_MAX = 1 << 14;
    private static final List<String> WORDS = List.of("null", "true", "-1", "0", "9223372036854775807",
        "-9223372036854775808", "18446744073709551617", "1e400", "1.5", "2147483648", "\"\"", "{}", "[]", "\\u0000",
        "\\ud800", "\\udc00\\ud83d", "\"type\":", "\"op\":", "\"kind\":", "\"edit\"", "\"replace\"", "\"create\"",
        "\"changes\":", "\"at\":", "\"delete\":", "\"insert\":", "\"base\":", "\"after\":", "\"seq\":", "\"file\":",
        "\"path\":", "../", "%2e", "%", "\uFEFF", "\u202E", "😀", "e\u0301", "[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"a\":{\"a\":{\"a\":");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] input, byte[] other) {
        byte[] bytes = input;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes = once(bytes, other);
        }
        return bytes.length <= LENGTH_MAX ? bytes : Arrays.copyOf(bytes, LENGTH_MAX);
    }

    private byte[] once(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int to = at + random.nextInt(Math.min(16, bytes.length - at) + 1);
        switch (random.nextInt(9)) {
            case 0:
                return splice(bytes, at, at, new byte[] {(byte) random.nextInt()});
            case 1:
                return splice(bytes, at, to, new byte[0]);
            case 2:
                return splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 3:
                return splice(bytes, at, to, WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
            case 4:
                int from = random.nextInt(other.length + 1);
                return splice(bytes, at, to, Arrays.copyOfRange(other, from,
                    Math.min(other.length, from + random.nextInt(64))));
            case 5:
                return at > bytes.length / 2 ? Arrays.copyOf(bytes, at) : bytes;
            case 6:
                return splice(bytes, at, Math.min(bytes.length, at + 8), number());
            default:
                return flip(bytes, at);
        }
    }

    private byte[] number() {
        byte[] limits = new byte[1 + random.nextInt(9)];
        Arrays.fill(limits, (byte) (random.nextBoolean() ? 0xFF : 0x80));
        limits[limits.length - 1] = (byte) random.nextInt(128);
        return limits;
    }

    private byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (random.nextBoolean() ? 1 << random.nextInt(8) : random.nextInt());
        }
        return flipped;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }
}
