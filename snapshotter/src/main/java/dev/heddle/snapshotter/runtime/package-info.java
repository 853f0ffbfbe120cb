/** The one package that asks the world for time and exit, and that knows how Kafka's clients report where they are. */
package dev.heddle.snapshotter.runtime;
