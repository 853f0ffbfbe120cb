/** What history costs on a real broker with the real services: joining, time travel, blame, proof, disk and memory. */
package dev.heddle.bench.history;
