/**
 * Heddle as an operator runs it, each part a process of its own, while those processes are killed, paused and started
 * again; and a checker that shares no code with the services and proves that nothing was lost, doubled or reordered.
 */
package dev.heddle.testkit.chaos;
