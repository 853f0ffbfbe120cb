/**
 * The pure kernel of Heddle: text operations, the file table, the workspace fold and the sequencer.
 *
 * <p>Nothing in here knows Kafka, Avro, a clock or randomness: time, ids and offsets enter as parameters, so replaying
 * the same input gives the same bytes on every machine.
 */
package dev.heddle.engine;
