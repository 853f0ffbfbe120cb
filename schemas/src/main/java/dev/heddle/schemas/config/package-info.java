/**
 * Settings of the services: read from file, environment and arguments, checked by Kafka's {@code ConfigDef}, shown once
 * with secrets hidden, and written up for the reference pages.
 */
package dev.heddle.schemas.config;
