/**
 * Drives any server that implements protocol.md by its address alone and says, rule by rule, what it keeps.
 *
 * <p>Written from the protocol's page: uses the JDK and a JSON parser, and no code of Heddle's services.
 */
package dev.heddle.testkit.conformance;
