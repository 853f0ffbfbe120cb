/** Heddle's topics read straight from Kafka; the only package that uses a Kafka client. */
package dev.heddle.cli.log;
