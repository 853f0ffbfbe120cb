package dev.heddle.engine.support;

import dev.heddle.engine.text.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The real editing histories beside the checkout; a test that asks for one that is absent is skipped, and says so. */
public final class Traces {

    /** One transaction: its changes ascending in its own base text, its parents and its author. */
    public record Transaction(List<Change> changes, int[] parents, int agent) {
    }

    /** A whole history. */
    public record Trace(String name, List<Transaction> transactions, String endContent) {
        /** For each transaction the newest foreign one that its author had seen, as a version; 0 for none. */
        public long[] bases() {
            int agents = 1 + transactions.stream().mapToInt(Transaction::agent).max().orElse(0);
            int count = transactions.size();
            int[][] seen = new int[count][];
            long[] bases = new long[count];
            for (int index = 0; index < count; index++) {
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

    private Traces() {
    }

    public static Trace read(String name) {
        String folder = System.getProperty("heddle.traces", "../../shared/traces");
        Path file = Path.of(folder, name + ".json.gz");
        Assumptions.assumeTrue(Files.isReadable(file), "trace " + file.getFileName()
            + " is not in the folder named by -Dheddle.traces");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return parse(name, Json.object(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trace parse(String name, Map<String, Object> json) {
        List<Transaction> transactions = new ArrayList<>();
        for (Object each : Json.list(json.get("txns"))) {
            Map<String, Object> transaction = Json.object(each);
            List<Change> changes = new ArrayList<>();
            for (Object patch : Json.list(transaction.get("patches"))) {
                List<Object> parts = Json.list(patch);
                changes.add(new Change(Json.integer(parts.get(0)), Json.integer(parts.get(1)), (String) parts.get(2)));
            }
            // Positions descend within a transaction, so the patches are one edit read from its end.
            Collections.reverse(changes);
            int[] parents = transaction.containsKey("parents")
                ? Json.list(transaction.get("parents")).stream().mapToInt(Json::integer).toArray() : new int[0];
            int agent = transaction.containsKey("agent") ? Json.integer(transaction.get("agent")) : 0;
            transactions.add(new Transaction(List.copyOf(changes), Arrays.copyOf(parents, parents.length), agent));
        }
        return new Trace(name, List.copyOf(transactions), (String) json.get("endContent"));
    }
}
