/**
 * States older than the canonical log keeps, rebuilt from the raw log of the workspace by the engine, as the
 * transformer once did it.
 */
package dev.heddle.snapshotter.history;
