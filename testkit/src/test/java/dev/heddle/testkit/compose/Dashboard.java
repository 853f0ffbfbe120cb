package dev.heddle.testkit.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The queries of a Grafana dashboard. */
final class Dashboard {

    private Dashboard() {
    }

    /** {@return every panel's queries, as Prometheus takes them} */
    static List<String> queries(Path file) throws IOException {
        JsonNode panels = new ObjectMapper().readTree(file.toFile()).get("panels");
        return panels.findValuesAsText("expr").stream().map(query -> query.replace("$__rate_interval", "1m")).toList();
    }
}
