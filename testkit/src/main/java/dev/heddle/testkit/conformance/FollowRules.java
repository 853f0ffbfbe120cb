package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Operations as server-sent events. */
final class FollowRules {

    private FollowRules() {
    }

    static List<Rule> all() {
        return List.of(new Rule("ops.stream",
            "GET ops with Accept: text/event-stream gives what was, then follows live", FollowRules::stream));
    }

    private static void stream(Server server) {
        String workspace = server.workspace();
        String address = "/api/workspaces/" + workspace;
        server.put(address + "/files/a.txt", "one");
        try {
            HttpResponse<InputStream> answer = server.http().send(server.request(address + "/ops?after=0")
                .header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream());
            String type = answer.headers().firstValue("Content-Type").orElse("none");
            unless(type.startsWith("text/event-stream"), "Content-Type: %s", type);
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                unlessEqual(1L, next(lines).path("version").asLong(), "version of the first event");
                server.put(address + "/files/a.txt", "two");
                unlessEqual(2L, next(lines).path("version").asLong(), "version of a live event");
            }
        } catch (IOException e) {
            throw new BrokenRuleException("stream: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    private static JsonNode next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = lines.readLine();
        }
        unless(line != null, "the stream ended");
        return Server.parsed(line.substring("data:".length()));
    }
}
