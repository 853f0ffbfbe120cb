/** Proofs over the whole of Heddle: it may use every module, and no module uses it. */
package dev.heddle.testkit;
