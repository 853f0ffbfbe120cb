/**
 * What must hold of Heddle, each as one small class, over what was seen from outside: records appended to topics,
 * answers that clients got, reads. Nothing here looks into a service.
 */
package dev.heddle.testkit.invariant;
