/** HTTP: the calls of the protocol, the page, the documents, health. Knows Vert.x and rooms; no Kafka, no Avro. */
package dev.heddle.gateway.rest;
