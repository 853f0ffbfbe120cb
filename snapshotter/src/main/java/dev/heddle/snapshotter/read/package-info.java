/**
 * The read API over HTTP: parameters, waiting until the fold has come far enough, the reads themselves on worker
 * threads, and one hop to the instance that holds the shard.
 */
package dev.heddle.snapshotter.read;
