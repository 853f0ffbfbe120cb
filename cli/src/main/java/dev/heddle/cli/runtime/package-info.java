/** Where the command meets the machine: main, exit, clock, fresh ids, the terminal. */
package dev.heddle.cli.runtime;
