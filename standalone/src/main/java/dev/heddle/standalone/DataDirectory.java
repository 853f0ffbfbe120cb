package dev.heddle.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that holds all data and logs of one Heddle, held by a lock file as long as that runs. */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "lock";

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Creates the folder where it is missing and takes its lock.
     *
     * @throws Complaint when the folder cannot be used or another Heddle holds it
     */
    static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            // Written and not only opened, so that a read-only folder is found out here and not by the broker.
            FileChannel channel = FileChannel.open(root.resolve(LOCK_FILE),
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = holder(channel);
                channel.close();
                throw new Complaint("data directory " + root + " is in use by another Heddle" + holder
                    + "; stop that one or choose another with --data-dir");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid())
                .getBytes(StandardCharsets.US_ASCII)), 0);
            return new DataDirectory(root, channel);
        } catch (FileAlreadyExistsException e) {
            throw new Complaint("data directory " + root + " cannot be used: " + e.getFile()
                + " is a file; choose another with --data-dir", e);
        } catch (IOException e) {
            throw new Complaint("data directory " + root + " cannot be used: " + reason(e)
                + "; make it readable and writable or choose another with --data-dir", e);
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path registry() {
        return root.resolve("registry");
    }

    /** {@return the folder for the local state of the services; derived data that could be rebuilt from the log} */
    Path state() {
        return root.resolve("state");
    }

    Path logs() {
        return root.resolve("logs");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The operating system releases the lock at the latest when this process ends.
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist and cannot be created";
        }
        // FileSystemException puts the path before what the system said; the path is in the sentence already.
        boolean known = e instanceof FileSystemException f && f.getReason() != null;
        return known ? ((FileSystemException) e).getReason() : String.valueOf(e.getMessage());
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).trim();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }
}
