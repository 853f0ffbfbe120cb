package dev.heddle.gateway.room;

import java.util.Map;
import java.util.TreeMap;

/**
 * What bounds a room and its members; every value is a setting of the gateway.
 *
 * @param membersMax          sockets per workspace
 * @param inFlightMax         unanswered operations per session
 * @param operationsPerSecond operations per second per session
 * @param operationsBurst     operations a session may submit at once
 * @param opensMax            unanswered opens per socket
 * @param ringOperationsMax   recent operations kept per room
 * @param ringBytesMax        bytes of recent operations kept per room
 * @param pageOperationsMax   operations per page when history is fetched
 * @param deadlineMs          how long a join, an open or an answer may take, in milliseconds
 * @param presenceTickMs      how often presence is passed on, in milliseconds
 * @param presenceTtlMs       how long a session of another gateway is shown without a sign of life, in milliseconds
 * @param messageBytesMax     bytes per message of a client
 */
public record RoomLimits(int membersMax, int inFlightMax, long operationsPerSecond, long operationsBurst, int opensMax,
                         int ringOperationsMax, long ringBytesMax, int pageOperationsMax, long deadlineMs,
                         long presenceTickMs, long presenceTtlMs, int messageBytesMax) {

    /** {@return what a client is told in welcome, by name} */
    public Map<String, Long> shown() {
        Map<String, Long> shown = new TreeMap<>();
        shown.put("messageBytes", (long) messageBytesMax);
        shown.put("inFlight", (long) inFlightMax);
        shown.put("operationsPerSecond", operationsPerSecond);
        shown.put("operationsBurst", operationsBurst);
        shown.put("opens", (long) opensMax);
        return shown;
    }
}
