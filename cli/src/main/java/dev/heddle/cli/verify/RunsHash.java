package dev.heddle.cli.verify;

import dev.heddle.engine.workspace.TextRun;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Stands for a list of runs, so that many fit in memory. Pure. */
public final class RunsHash {

    private RunsHash() {
    }

    /**
     * {@return SHA-256 over lengths, versions, authors, sessions and times, 64 hex digits}
     *
     * @param runs runs in text order
     */
    public static String of(List<TextRun> runs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DataOutputStream out = new DataOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                for (TextRun run : runs) {
                    out.writeInt(run.length());
                    out.writeLong(run.origin().version());
                    out.writeLong(run.origin().timeMs());
                    write(out, run.origin().author());
                    write(out, run.origin().session());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
