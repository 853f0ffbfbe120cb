package dev.heddle.engine.workspace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain of hashes through a workspace's versions: each is SHA-256 over the previous one and the operation's
 * {@linkplain CanonicalEncoding canonical bytes}, so one hash proves all history before it.
 */
public final class HashChain {

    private HashChain() {
    }

    /**
     * {@return the hash of an operation that follows a version}
     *
     * @param previous  the hash of the version before, {@link Hash#ZERO} before version 1
     * @param operation the operation; its own two hashes are not looked at
     */
    public static Hash next(Hash previous, CanonicalOperation operation) {
        return new Hasher().next(previous, operation);
    }

    /**
     * {@return whether an operation's hash is the one that its previous hash and its content give}
     *
     * @param operation the operation
     */
    public static boolean verify(CanonicalOperation operation) {
        return new Hasher().next(operation.previousHash(), operation).equals(operation.hash());
    }

    /** The same with its digest and buffer kept for the next operation. For one thread. */
    static final class Hasher {

        private static final int BUFFER_BYTES = 512;
        private static final int BUFFER_BYTES_MAX = 1 << 16;

        private final MessageDigest digest;
        private EncodedHead head = new EncodedHead();
        private ByteWriter buffer = new ByteWriter(BUFFER_BYTES);

        Hasher() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }

        Hash next(Hash previous, CanonicalOperation operation) {
            Hash hash = Hash.blank();
            work(previous, operation, hash);
            return hash;
        }

        /** Works the blank hash of a new operation out. */
        CanonicalOperation seal(CanonicalOperation operation) {
            work(operation.previousHash(), operation, operation.hash());
            return operation;
        }

        private void work(Hash previous, CanonicalOperation operation, Hash result) {
            buffer.clear();
            previous.writeTo(buffer);
            CanonicalEncoding.write(operation, head, buffer);
            digest.update(buffer.array(), 0, buffer.length());
            result.fill(digest);
            if (buffer.array().length > BUFFER_BYTES_MAX) {
                buffer = new ByteWriter(BUFFER_BYTES);
                head = new EncodedHead();
            }
        }
    }
}
