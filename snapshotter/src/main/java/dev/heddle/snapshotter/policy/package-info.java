/** When something is done, as pure functions of counters and time: snapshots of files, and trimming of the log. */
package dev.heddle.snapshotter.policy;
