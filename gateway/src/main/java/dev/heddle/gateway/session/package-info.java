/**
 * One client's side of the conversation as values and small state machines: which message may come when, how many
 * operations may be in flight, how fast they may come. Pure: time is a parameter, nothing is sent from here.
 */
package dev.heddle.gateway.session;
