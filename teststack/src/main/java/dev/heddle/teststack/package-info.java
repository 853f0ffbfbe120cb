/**
 * What tests of more than one module need: a broker and a registry, real editing histories, seeds, and independent
 * clients of the Kafka and WebSocket protocols to judge Heddle's own code by.
 *
 * <p>Test scope only; nothing that ships depends on it.
 */
package dev.heddle.teststack;
