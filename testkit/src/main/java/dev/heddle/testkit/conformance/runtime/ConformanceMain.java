package dev.heddle.testkit.conformance.runtime;

import dev.heddle.testkit.conformance.Conformance;
import dev.heddle.testkit.conformance.Rule;
import dev.heddle.testkit.conformance.Server;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;

/**
 * Tries a server, several rules at once, and prints a table; ends with 0 where every rule is kept, 1 where not, 2 for
 * wrong arguments.
 */
public final class ConformanceMain {

    private static final String USAGE = "usage: java -jar heddle-conformance.jar http://HOST:PORT [RULE-PREFIX]\n"
        + "  HEDDLE_TOKEN: a bearer token that may create and write any workspace, where the server wants one";

    private static final int THREADS = 8;

    private ConformanceMain() {
    }

    /**
     * Tries a server.
     *
     * @param arguments its address, and what the ids of the rules to try begin with
     */
    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2 || !arguments[0].startsWith("http")) {
            System.err.println(USAGE);
            System.exit(2);
        }
        String prefix = arguments.length > 1 ? arguments[1] : "";
        URI address = URI.create(arguments[0].replaceFirst("/$", ""));
        List<Rule> rules = Conformance.rules().stream().filter(rule -> rule.id().startsWith(prefix)).toList();
        List<Conformance.Result> results = Conformance.run(
            new Server(address, System.getenv("HEDDLE_TOKEN"), new SecureRandom()), rules, THREADS);
        System.out.print(Conformance.table(results));
        System.exit(!rules.isEmpty() && results.stream().allMatch(Conformance.Result::kept) ? 0 : 1);
    }
}
