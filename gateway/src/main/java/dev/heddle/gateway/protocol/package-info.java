/**
 * What travels on a socket: the client's messages as values, the server's messages as frames encoded once.
 *
 * <p>Knows no Kafka, no Avro and no sockets; JSON and the engine's values only.
 */
package dev.heddle.gateway.protocol;
