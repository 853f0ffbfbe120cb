package dev.heddle.gateway.session;

import dev.heddle.gateway.protocol.ClientMessage;
import java.util.Optional;

/**
 * Which message may come when on one socket.
 *
 * <pre>
 *   AWAITING_HELLO --hello--> JOINED --+--open, submit, presence--> JOINED
 *         |                            |
 *         +--anything else--+          +--hello--+
 *                           v                    v
 *                         CLOSED <----closed-----+
 * </pre>
 *
 * One thread at a time: the socket's own.
 */
public final class SessionMachine {

    /** Where the conversation stands. */
    public enum Phase {
        /** The socket is open, nobody said who it is. */
        AWAITING_HELLO,
        /** Hello was taken; the room answers with welcome as soon as it can. */
        JOINED,
        /** The socket is being closed; nothing is taken any more. */
        CLOSED
    }

    private Phase phase = Phase.AWAITING_HELLO;

    /** {@return where the conversation stands} */
    public Phase phase() {
        return phase;
    }

    /**
     * Takes one message.
     *
     * @param message the message
     * @return why it may not come now, or empty if it may; a refusal ends the conversation
     */
    public Optional<String> accept(ClientMessage message) {
        boolean hello = message instanceof ClientMessage.Hello;
        switch (phase) {
            case AWAITING_HELLO:
                if (!hello) {
                    phase = Phase.CLOSED;
                    return Optional.of(name(message) + " before hello (expected: hello first)");
                }
                phase = Phase.JOINED;
                return Optional.empty();
            case JOINED:
                if (hello) {
                    phase = Phase.CLOSED;
                    return Optional.of("second hello (expected: one per socket)");
                }
                return Optional.empty();
            default:
                return Optional.of(name(message) + " after the end of the conversation");
        }
    }

    /** Ends the conversation; idempotent. */
    public void close() {
        phase = Phase.CLOSED;
    }

    private static String name(ClientMessage message) {
        if (message instanceof ClientMessage.Hello) {
            return "hello";
        } else if (message instanceof ClientMessage.Open) {
            return "open";
        } else if (message instanceof ClientMessage.Presence) {
            return "presence";
        }
        return "submit";
    }
}
