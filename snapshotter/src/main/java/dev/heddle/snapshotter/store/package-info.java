/**
 * What an instance holds of its shards: the two stores, workspaces in memory, and who waits for what.
 *
 * <p>The stores hold the records of {@code heddle.canonical} and {@code heddle.snapshots} byte for byte, and these
 * topics are their changelogs: a store lost is read again from the topic, and nothing is written twice. Everything in
 * memory is a function of the two stores and can be thrown away at any time.
 */
package dev.heddle.snapshotter.store;
