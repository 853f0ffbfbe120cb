/**
 * The fold of the canonical log into files, who wrote what in them, and what they were at an earlier version.
 *
 * <p>Pure: it knows the engine and nothing of Kafka, HTTP or clocks. Values that leave it never change.
 */
package dev.heddle.snapshotter.fold;
