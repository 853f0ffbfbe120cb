/**
 * The processors of the topology: keep records in the stores, fold operations, write snapshots when they are due, and
 * trim the log behind durable ones.
 */
package dev.heddle.snapshotter.processor;
