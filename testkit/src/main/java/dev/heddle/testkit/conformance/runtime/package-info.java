/** The conformance suite as a program. */
package dev.heddle.testkit.conformance.runtime;
