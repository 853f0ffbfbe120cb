/**
 * The workspace as a state machine on a log: operations, the fold of the canonical log, and the sequencer that decides.
 *
 * <p>{@code decide} reads and never mutates; {@code replay} is the only mutator, live and on restore.
 */
package dev.heddle.engine.workspace;
