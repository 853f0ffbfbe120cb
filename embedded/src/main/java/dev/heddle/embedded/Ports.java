package dev.heddle.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ports of the loopback interface. Thread-safe. */
public final class Ports {

    private static final int ATTEMPTS = 100;
    private static final int LOWEST = 12_000;
    private static final int RANGE = 20_000;
    /** Spreads what the system counts up; has no divisor with the range. */
    private static final int SPREAD = 7_919;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {
    }

    /**
     * {@return a port that nothing listens on at this moment and that was not returned before in this JVM}
     *
     * <p>It lies below those that the system gives to connections, so that none takes it before a server does, and is
     * chosen by one that the system gives, so that two JVMs hardly choose the same.
     *
     * @throws UncheckedIOException when the operating system gives no port
     */
    public static int free() {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket given = bind(0);
                 ServerSocket chosen = bind(LOWEST + (int) ((long) given.getLocalPort() * SPREAD % RANGE))) {
                if (GIVEN.add(chosen.getLocalPort())) {
                    return chosen.getLocalPort();
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("no new free port on 127.0.0.1 in " + ATTEMPTS + " attempts",
            last == null ? new IOException("all were given before") : last);
    }

    /**
     * Proves that a server could listen on a port now, so that its refusal can be reported before anything is started.
     *
     * @param port the port, 1 to 65535
     * @throws PortInUseException when it is taken
     */
    public static void requireFree(int port) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw new PortInUseException(port, e);
        }
    }

    /** {@return the port itself, or a free one for 0; checked to be free} */
    static int resolve(int port) {
        if (port == 0) {
            return free();
        }
        requireFree(port);
        return port;
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // As the servers do it: a port in TIME_WAIT is free, a port somebody listens on is not.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
