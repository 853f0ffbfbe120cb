/**
 * The JSON shapes of the protocol, in one place for all who speak it: operations, the messages {@code op} and
 * {@code rejected}, and problem documents.
 */
package dev.heddle.schemas.json;
