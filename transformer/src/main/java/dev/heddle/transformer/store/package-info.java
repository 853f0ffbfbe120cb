/**
 * What a shard remembers: one write-once decision per input record, checkpoints named by how many decisions they cover,
 * and what may be forgotten behind them.
 */
package dev.heddle.transformer.store;
