package dev.heddle.gateway.access;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something read from outside that may change while the gateway runs. What cannot be read leaves the last good value
 * in force and is told once. Read by any thread, refreshed by one at a time.
 *
 * @param <T> what it holds
 */
final class Source<T> {

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Bytes {

        /** {@return the bytes as they are now} */
        byte[] read() throws IOException, InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Source.class);

    private final String name;
    private final Bytes bytes;
    private final Function<byte[], T> parser;
    private volatile T value;
    private byte[] lastRead;
    private String lastFault = "";

    /**
     * A source that was not read yet.
     *
     * @param name   the setting and the place, for messages
     * @param empty  what it holds until it was read
     * @param bytes  where the bytes come from
     * @param parser what they mean; {@link IllegalArgumentException} where they mean nothing
     */
    Source(String name, T empty, Bytes bytes, Function<byte[], T> parser) {
        this.name = name;
        this.value = empty;
        this.bytes = bytes;
        this.parser = parser;
    }

    T value() {
        return value;
    }

    /**
     * Reads again.
     *
     * @return null, or what is wrong with it
     */
    synchronized String refresh() {
        try {
            byte[] read = bytes.read();
            if (!Arrays.equals(read, lastRead)) {
                value = parser.apply(read);
                lastRead = read;
                log.info("{} was read", name);
            }
            lastFault = "";
            return null;
        } catch (IOException | IllegalArgumentException unreadable) {
            return fault(unreadable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return fault(stopped);
        }
    }

    private String fault(Exception cause) {
        String fault = name + ": " + (cause instanceof IllegalArgumentException ? cause.getMessage() : cause);
        if (!fault.equals(lastFault)) {
            log.warn("{}; what was read before stays in force", fault);
            lastFault = fault;
        }
        return fault;
    }
}
