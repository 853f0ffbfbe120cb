package dev.heddle.cli.export;

import dev.heddle.cli.CliException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Local text files: strictly UTF-8, nothing trimmed, no line ends changed. Stateless. */
public final class TextFiles {

    private TextFiles() {
    }

    /**
     * {@return the text of a local file}
     *
     * @param file the file; an error names it where it is not there or not UTF-8
     */
    public static String read(Path file) {
        try {
            return decode(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException error) {
            throw CliException.local("there is no file " + file, error);
        } catch (IOException error) {
            throw CliException.local(file + " cannot be read: " + error.getMessage(), error);
        }
    }

    /**
     * {@return bytes read as UTF-8}
     *
     * @param name  what an error calls them
     * @param bytes the bytes
     */
    public static String decode(String name, byte[] bytes) {
        String text = decodeOrNull(bytes);
        if (text == null) {
            throw CliException.local(name + " is not UTF-8 text; a workspace holds text only", null);
        }
        return text;
    }

    /**
     * {@return bytes read as UTF-8, or null where they are not}
     *
     * @param bytes the bytes
     */
    static String decodeOrNull(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException ignored) {
            return null;
        }
    }
}
