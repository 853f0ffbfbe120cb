/**
 * Fuzzing of everything that reads what others wrote: mutations of a saved corpus, an oracle per reader, and what gave
 * a new kind of answer is mutated further. One seed decides a run.
 */
package dev.heddle.testkit.fuzz;
