package dev.heddle.testkit.chaos;

import dev.heddle.CanonicalOp;
import dev.heddle.Change;
import dev.heddle.Create;
import dev.heddle.Delete;
import dev.heddle.Edit;
import dev.heddle.Noop;
import dev.heddle.Rename;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of a canonical record, written from docs/reference/hashes.md alone. */
final class ModelHash {

    private ModelHash() {
    }

    static byte[] of(byte[] previous, CanonicalOp operation) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes), operation);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(previous);
            return digest.digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static void write(DataOutputStream out, CanonicalOp operation) throws IOException {
        out.writeByte(1);
        text(out, operation.getWorkspace());
        out.writeLong(operation.getVersion());
        optionalText(out, operation.getFile());
        optionalText(out, operation.getPath());
        text(out, operation.getAuthor());
        text(out, operation.getSession());
        out.writeLong(operation.getSeq());
        out.writeLong(operation.getBase());
        out.writeByte(operation.getAfter() == null ? 0 : 1);
        if (operation.getAfter() != null) {
            out.writeLong(operation.getAfter());
        }
        out.writeLong(operation.getSourceOffset());
        out.writeLong(operation.getTime());
        content(out, operation.getOp());
    }

    private static void content(DataOutputStream out, Object operation) throws IOException {
        if (operation instanceof Edit edit) {
            out.writeByte(1);
            out.writeInt(edit.getChanges().size());
            for (Change change : edit.getChanges()) {
                out.writeInt(change.getAt());
                out.writeInt(change.getDelete());
                text(out, change.getInsert());
                optionalText(out, change.getDeleted());
            }
            out.writeByte(edit.getAnchor() == null ? 0 : 1);
            if (edit.getAnchor() != null) {
                text(out, edit.getAnchor().getFind());
                text(out, edit.getAnchor().getWith());
                out.writeByte(edit.getAnchor().getOccurrence().ordinal());
            }
        } else if (operation instanceof Create create) {
            out.writeByte(2);
            text(out, create.getText());
        } else if (operation instanceof Rename) {
            out.writeByte(3);
        } else if (operation instanceof Delete) {
            out.writeByte(4);
        } else if (operation instanceof Noop) {
            out.writeByte(5);
        } else {
            throw new AssertionError("a canonical operation of kind " + operation.getClass().getSimpleName());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void optionalText(DataOutputStream out, String text) throws IOException {
        out.writeByte(text == null ? 0 : 1);
        if (text != null) {
            text(out, text);
        }
    }
}
