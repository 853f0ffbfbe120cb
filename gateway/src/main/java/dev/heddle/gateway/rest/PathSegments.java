package dev.heddle.gateway.rest;

import dev.heddle.engine.RejectionCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a request's path as it was sent: no step up or down is ever resolved, so none can lead out of a workspace.
 * Each segment is percent-decoded strictly as UTF-8.
 */
final class PathSegments {

    private PathSegments() {
    }

    /**
     * {@return the decoded segments of a path}
     *
     * @param rawPath the path, beginning with a slash
     * @throws ApiException {@code PATH_INVALID} for a bad escape, {@code TEXT_MALFORMED} for bytes that are not UTF-8
     */
    static List<String> of(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.substring(1).split("/", -1)) {
            segments.add(decode(raw));
        }
        return segments;
    }

    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] utf8 = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(utf8.length);
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] != '%') {
                decoded.put(utf8[i]);
                continue;
            }
            int high = i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
            int low = i + 2 < utf8.length ? Character.digit(utf8[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new ApiException(RejectionCode.PATH_INVALID, "path: " + raw
                    + " (expected: two hex digits after %)");
            }
            decoded.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(RejectionCode.TEXT_MALFORMED, "path: " + raw + " (expected: percent-encoded UTF-8)");
        }
    }
}
