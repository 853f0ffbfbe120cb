/** One class per verb: options in, calls out, text or JSON printed. No logic that another verb could want. */
package dev.heddle.cli.command;
