/**
 * A real Kafka broker inside the JVM and a real schema registry beside it, for {@code ./heddle dev} and for tests.
 *
 * <p>Both listen on 127.0.0.1 only, keep their data in a directory that survives restarts, and start and stop in
 * bounded time. Nothing in here knows Heddle's records or services.
 */
package dev.heddle.embedded;
