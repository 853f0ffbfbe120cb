package dev.heddle.testkit.conformance;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The suite: every rule, each on workspaces of its own, so that none depends on another and many run at once. */
public final class Conformance {

    private Conformance() {
    }

    /**
     * What became of one rule.
     *
     * @param rule   the rule
     * @param fault  what the server did instead, or null where it kept the rule
     */
    public record Result(Rule rule, String fault) {
        /** {@return whether the server kept the rule} */
        public boolean kept() {
            return fault == null;
        }
    }

    /** {@return every rule that is tried} */
    public static List<Rule> rules() {
        return Stream.of(WorkspaceRules.all(), FileRules.all(), FollowRules.all(), SocketRules.all(),
            SequencingRules.all()).flatMap(List::stream).toList();
    }

    /**
     * {@return what became of each rule, in order}
     *
     * @param server  the server
     * @param rules   the rules to try
     * @param threads how many are tried at once
     */
    public static List<Result> run(Server server, List<Rule> rules, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Result>> results = rules.stream().map(rule -> CompletableFuture.supplyAsync(
                () -> new Result(rule, fault(server, rule)), pool)).toList();
            return results.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static String fault(Server server, Rule rule) {
        try {
            rule.check().on(server);
            return null;
        } catch (BrokenRuleException broken) {
            return broken.getMessage();
        } catch (RuntimeException unexpected) {
            // Whatever a server makes this program stumble over is that server's fault as well.
            return unexpected.toString();
        }
    }

    /**
     * {@return the results as a table, and a last line that counts}
     *
     * @param results what became of the rules
     */
    public static String table(List<Result> results) {
        int width = results.stream().mapToInt(result -> result.rule().id().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (Result result : results) {
            table.append(String.format("%-4s  %-" + width + "s  %s%n", result.kept() ? "pass" : "FAIL",
                result.rule().id(), result.rule().sentence()));
            if (!result.kept()) {
                table.append(String.format("      %" + width + "s  %s%n", "", result.fault()));
            }
        }
        long kept = results.stream().filter(Result::kept).count();
        return table.append(String.format("%d of %d rules kept%n", kept, results.size())).toString();
    }
}
