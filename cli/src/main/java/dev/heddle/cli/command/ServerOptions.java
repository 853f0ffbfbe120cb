package dev.heddle.cli.command;

import dev.heddle.cli.CliException;
import dev.heddle.cli.client.GatewayClient;
import dev.heddle.cli.render.Console;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which gateway to talk to, and as whom. */
final class ServerOptions {

    static final String DEFAULT_SERVER = "http://localhost:8080";

    @Option(names = "--server", paramLabel = "URL",
        description = "The gateway. Default: HEDDLE_SERVER, or " + DEFAULT_SERVER + ".")
    String server;

    @Option(names = "--author", paramLabel = "NAME",
        description = "The name to write under. Default: HEDDLE_AUTHOR, or anonymous.")
    String author;

    @Option(names = "--token", paramLabel = "TOKEN",
        description = "The token that says who you are. Default: HEDDLE_TOKEN, which other users of the machine "
            + "cannot see, or none.")
    String token;

    GatewayClient client(Console console) {
        return client(console, server, author, token);
    }

    static GatewayClient client(Console console, String server, String author, String token) {
        String address = firstOf(server, console.environment("HEDDLE_SERVER"), DEFAULT_SERVER);
        try {
            return new GatewayClient(URI.create(address), firstOf(author, console.environment("HEDDLE_AUTHOR"), null),
                checkedToken(firstOf(token, console.environment("HEDDLE_TOKEN"), null)));
        } catch (IllegalArgumentException error) {
            throw CliException.usage("server " + address + " is not an address: " + error.getMessage());
        }
    }

    /** The value itself is never shown: a token is a secret. */
    private static String checkedToken(String token) {
        if (token != null && !token.matches("[\\x21-\\x7e]+")) {
            throw CliException.usage("the token has characters no token has (expected: letters, digits, dots and "
                + "signs, without white space)");
        }
        return token;
    }

    static String firstOf(String given, String fromEnvironment, String otherwise) {
        if (given != null) {
            return given;
        }
        return fromEnvironment == null || fromEnvironment.isEmpty() ? otherwise : fromEnvironment;
    }
}
