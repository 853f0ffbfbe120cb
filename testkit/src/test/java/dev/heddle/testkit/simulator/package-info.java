/**
 * The real cores of gateway, sequencer and snapshotter on one thread, over a simulated log and a virtual clock, with
 * clients that type and everything that may go wrong. One seed decides all of it.
 *
 * <p>{@link dev.heddle.testkit.simulator.Simulation} is one run. Nothing here asks the world for time or chance.
 */
package dev.heddle.testkit.simulator;
