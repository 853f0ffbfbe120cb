/**
 * Avro records to engine values and back: exact both ways, and every input that is not of the right form ends in one
 * named error.
 */
package dev.heddle.schemas.codec;
