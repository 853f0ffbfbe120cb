/** What every service on Kafka Streams needs around its topology: settings, bounded stores, progress, readings. */
package dev.heddle.services.streams;
