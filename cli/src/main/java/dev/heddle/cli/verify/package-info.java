/** Pure proof: the raw log through the engine against what the canonical log and the snapshots say. */
package dev.heddle.cli.verify;
