/** Measurements of the engine on one core, with a plain {@code StringBuilder} replay of the same trace as the floor. */
package dev.heddle.bench;
