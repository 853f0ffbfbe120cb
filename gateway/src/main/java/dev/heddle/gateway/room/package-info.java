/**
 * The live state of each workspace in use: its newest version, its recent operations, who is connected, who is where.
 *
 * <p>A room runs on one thread at a time, its own executor, so it holds no lock. What it needs from the world comes
 * through the ports of this package: the reader of past state, the log, the clock. It knows no Kafka and no sockets.
 */
package dev.heddle.gateway.room;
