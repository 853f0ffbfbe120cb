/** The gateway seen from outside: REST calls, the live stream, and the values they carry. */
package dev.heddle.cli.client;
