package dev.heddle.gateway.protocol;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import java.util.Objects;

/** One message of a client, read and checked for its form; whether it makes sense now is for the session to say. */
public sealed interface ClientMessage {

    /** Which operations a socket wants to be sent. */
    enum Follow {
        /** Every operation of the workspace. */
        ALL,
        /** Operations on files it opened, and those that change the tree. */
        OPENED
    }

    /** The first message of a socket.
     *
     * @param session the session, a UUID in its usual lower-case form
     * @param name    the writer's name, or null
     * @param resume  the last version seen, or null to start at the newest
     * @param follow  which operations are wanted
     * @param token   says who this is, or null; a header of the upgrade goes before it
     */
    record Hello(String session, String name, Long resume, Follow follow, String token) implements ClientMessage {
        /** Checks that the required parts are there. */
        public Hello {
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(follow, "follow");
        }
    }

    /** Asks for a file's text.
     *
     * @param target the file, by id or path
     */
    record Open(FileReference target) implements ClientMessage {
        /** Checks that the file is named. */
        public Open {
            Objects.requireNonNull(target, "target");
        }
    }

    /** One operation to be ordered.
     *
     * @param seq       its number within the session
     * @param base      the version it was written against
     * @param after     the newest own operation it also stands on, or null
     * @param operation what is to be done
     * @param traceparent the author's W3C trace context, or null
     */
    record Submit(long seq, long base, Long after, Operation operation, String traceparent)
        implements ClientMessage {
        /** Checks that the operation is there. */
        public Submit {
            Objects.requireNonNull(operation, "operation");
        }
    }

    /** A submit whose number can be read but whose content cannot: it is answered, not punished.
     *
     * @param seq     the number as sent
     * @param code    why it is refused
     * @param message names the thing, the value and the rule
     */
    record Unreadable(long seq, RejectionCode code, String message) implements ClientMessage {
    }

    /** Where the writer is at the moment.
     *
     * @param file    the file's id, or null for none
     * @param anchor  where the selection began, in code points, or null
     * @param head    where the caret is, in code points, or null
     * @param version the version that both positions are in, or null where not known
     * @param state   what the writer is doing, in one word, or null
     */
    record Presence(String file, Integer anchor, Integer head, Long version, String state) implements ClientMessage {
    }
}
