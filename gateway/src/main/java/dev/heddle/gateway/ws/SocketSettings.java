package dev.heddle.gateway.ws;

/**
 * What bounds sockets; every value is a setting of the gateway.
 *
 * @param socketsMax       sockets per gateway
 * @param queueMessagesMax messages waiting per socket
 * @param queueBytesMax    bytes waiting per socket
 * @param pingMs           how often a ping is sent, in milliseconds
 * @param silenceMs        how long a client may send nothing at all, pongs included, in milliseconds
 * @param helloMs          how long a client may take to say hello, in milliseconds
 * @param messageBytesMax  bytes per message of a client
 * @param underWayMax      messages of one socket under way before no more is read from it
 */
public record SocketSettings(int socketsMax, int queueMessagesMax, long queueBytesMax, long pingMs, long silenceMs,
                             long helloMs, int messageBytesMax, int underWayMax) {
}
