package dev.heddle.cli.command;

import dev.heddle.cli.render.Console;
import picocli.CommandLine.Option;

/** How a verb prints; every verb has these. */
final class OutputOptions {

    @Option(names = "--json", description = "Print JSON instead of text: one document, or one line per item where "
        + "items stream. Errors are JSON too, on standard error.")
    boolean json;

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "AUTO",
        description = "Colours: ${COMPLETION-CANDIDATES}. AUTO colours on a terminal unless NO_COLOR is set.")
    Console.Colour colour;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this page and do nothing.")
    boolean help;
}
