/** WebSocket: the upgrade, one connection's life, its bounded way out. Knows Vert.x and rooms; no Kafka, no Avro. */
package dev.heddle.gateway.ws;
