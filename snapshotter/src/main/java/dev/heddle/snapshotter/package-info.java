/**
 * The snapshotter: folds the canonical log into files, tree and history, writes snapshots, and serves reads.
 */
package dev.heddle.snapshotter;
