/** Names and meaning of what the snapshotter measures. */
package dev.heddle.snapshotter.metrics;
