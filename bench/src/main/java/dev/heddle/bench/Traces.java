package dev.heddle.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.engine.text.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The real editing histories that the measurements type again. */
final class Traces {

    /** One transaction: its changes ascending in its own base text, its parents and its author. */
    record Transaction(List<Change> changes, int[] parents, int agent) {
    }

    private Traces() {
    }

    /** Reads a trace from the folder that the system property {@code heddle.traces} names. */
    static List<Transaction> read(String name) {
        Path file = Path.of(System.getProperty("heddle.traces", "../shared/traces"), name + ".json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            List<Transaction> transactions = new ArrayList<>();
            for (JsonNode transaction : new ObjectMapper().readTree(in).get("txns")) {
                transactions.add(transaction(transaction));
            }
            return transactions;
        } catch (IOException e) {
            throw new UncheckedIOException("trace " + file + " (expected: -Dheddle.traces names its folder)", e);
        }
    }

    private static Transaction transaction(JsonNode json) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode patch : json.get("patches")) {
            changes.add(new Change(patch.get(0).asInt(), patch.get(1).asInt(), patch.get(2).asText()));
        }
        // Positions descend within a transaction, so the patches are one edit read from its end.
        Collections.reverse(changes);
        JsonNode parents = json.path("parents");
        int[] parentIndexes = new int[parents.size()];
        for (int index = 0; index < parentIndexes.length; index++) {
            parentIndexes[index] = parents.get(index).asInt();
        }
        return new Transaction(List.copyOf(changes), parentIndexes, json.path("agent").asInt());
    }

    /** For each transaction, how many of file order its author had seen of others' (the version just past the last). */
    static long[] bases(List<Transaction> transactions) {
        int agents = 1 + transactions.stream().mapToInt(Transaction::agent).max().orElse(0);
        int[][] seen = new int[transactions.size()][];
        long[] bases = new long[seen.length];
        for (int index = 0; index < seen.length; index++) {
            Transaction transaction = transactions.get(index);
            int[] newest = new int[agents];
            for (int parent : transaction.parents()) {
                for (int agent = 0; agent < agents; agent++) {
                    newest[agent] = Math.max(newest[agent], seen[parent][agent]);
                }
            }
            for (int agent = 0; agent < agents; agent++) {
                bases[index] = agent == transaction.agent() ? bases[index] : Math.max(bases[index], newest[agent]);
            }
            newest[transaction.agent()] = index + 1;
            seen[index] = newest;
        }
        return bases;
    }
}
