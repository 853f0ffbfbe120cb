/**
 * From what somebody wants to the operations that make it so: the small changes between two texts, the plan that brings
 * an old tree back, which operations an undo means, and the difference of two texts as people read it. Whoever writes
 * for a client, over HTTP or straight to the log, writes the same. Pure, and every cost has a bound.
 */
package dev.heddle.editing;
