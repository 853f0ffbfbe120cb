package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

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
            try (InputStream body = answer.body()) {
                Mailbox events = new Mailbox(Peer.DEADLINE_MS);
                Thread reader = new Thread(() -> read(body, events), "conformance-events");
                reader.setDaemon(true);
                reader.start();
                unlessEqual(1L, next(events, "first event"), "version of the first event");
                server.put(address + "/files/a.txt", "two");
                unlessEqual(2L, next(events, "live event"), "version of a live event");
            }
        } catch (IOException e) {
            throw new BrokenRuleException("stream: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    private static long next(Mailbox events, String what) {
        return events.take(event -> true, what).path("version").asLong();
    }

    /** Reads until the stream ends or is closed. */
    private static void read(InputStream body, Mailbox events) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    events.add(Server.parsed(line.substring("data:".length())));
                }
            }
            events.end("the stream ended");
        } catch (IOException | BrokenRuleException failed) {
            events.end("the stream broke: " + failed.getMessage());
        }
    }
}
