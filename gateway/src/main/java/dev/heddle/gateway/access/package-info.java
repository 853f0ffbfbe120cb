/**
 * Who may come in and what they may do: origins of web pages, tokens, revocations. Knows tokens and keys; no Kafka, no
 * rooms, no Vert.x.
 */
package dev.heddle.gateway.access;
