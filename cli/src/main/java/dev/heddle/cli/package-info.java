/**
 * The heddle command: what all its parts share. Data flow: a command reads its options, asks client or log, and prints
 * through render.
 */
package dev.heddle.cli;
