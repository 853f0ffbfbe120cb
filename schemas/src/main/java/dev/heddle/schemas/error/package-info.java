/**
 * Every error a client can see: its permanent number and name, whom it concerns, whether a retry can help, and how it
 * looks over HTTP and WebSocket. The page {@code docs/reference/errors.md} is generated from it.
 */
package dev.heddle.schemas.error;
