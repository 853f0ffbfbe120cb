package dev.heddle.teststack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Reads the editing histories that lie beside the checkout; their README states their licence. */
public final class Traces {

    /** System property that names their directory. */
    public static final String PROPERTY = "heddle.traces";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Traces() {
    }

    /**
     * {@return a sequential history}; where the file is absent, the calling test is skipped with that reason
     *
     * @param name file name without {@code .json.gz}
     */
    public static Trace sequential(String name) {
        Path file = Path.of(System.getProperty(PROPERTY, ""), name + ".json.gz");
        Assumptions.assumeTrue(Files.isReadable(file),
            () -> "no editing history at " + file + " (set -D" + PROPERTY + "=<directory>)");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            JsonNode root = MAPPER.readTree(in);
            List<Trace.Transaction> transactions = new ArrayList<>();
            root.get("txns").forEach(each -> transactions.add(transaction(each)));
            return new Trace(name, transactions, root.get("endContent").textValue());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Trace.Transaction transaction(JsonNode json) {
        List<Trace.Patch> patches = new ArrayList<>();
        for (JsonNode patch : json.get("patches")) {
            patches.add(new Trace.Patch(patch.get(0).intValue(), patch.get(1).intValue(), patch.get(2).textValue()));
        }
        return new Trace.Transaction(patches);
    }
}
