/**
 * Avro in Confluent's wire format (a zero byte, the schema's id in four bytes, Avro binary) and the client of the
 * schema registry behind it.
 *
 * <p>Every failure is a {@link dev.heddle.schemas.serde.AvroSerdeException}: either the record is bad for ever
 * (dead letter) or the registry is away (try again later).
 */
package dev.heddle.schemas.serde;
