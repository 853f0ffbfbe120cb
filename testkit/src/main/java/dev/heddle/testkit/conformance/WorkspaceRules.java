package dev.heddle.testkit.conformance;

import static dev.heddle.testkit.conformance.BrokenRuleException.unless;
import static dev.heddle.testkit.conformance.BrokenRuleException.unlessEqual;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Workspaces, and what a server says about itself. */
final class WorkspaceRules {

    private static final int OK = 200;

    private WorkspaceRules() {
    }

    static List<Rule> all() {
        return List.of(
            new Rule("server.health", "GET /health/live and /health/ready answer 200", WorkspaceRules::health),
            new Rule("server.metrics", "GET /metrics answers in Prometheus' text form", WorkspaceRules::metrics),
            new Rule("server.docs", "GET /docs shows the documentation", WorkspaceRules::docs),
            new Rule("workspace.create",
                "POST /api/workspaces answers 201; GET then says name, version 0, topics, shard",
                WorkspaceRules::created),
            new Rule("workspace.list", "GET /api/workspaces lists a new workspace", WorkspaceRules::listed),
            new Rule("workspace.name", "A name is [a-z0-9][a-z0-9-]{0,62}; others are BAD_REQUEST",
                WorkspaceRules::names),
            new Rule("workspace.unknown", "A workspace that is not there is 404 UNKNOWN_WORKSPACE", server ->
                Server.refused(server.get("/api/workspaces/" + server.name()), "UNKNOWN_WORKSPACE", 404)));
    }

    private static void health(Server server) {
        unlessEqual(OK, server.get("/health/live").statusCode(), "status of /health/live");
        unlessEqual(OK, server.get("/health/ready").statusCode(), "status of /health/ready");
    }

    private static void metrics(Server server) {
        unless(server.get("/metrics").body().contains("# HELP "), "/metrics has no # HELP line");
    }

    private static void docs(Server server) {
        int status = server.get("/docs").statusCode();
        unless(status == OK || status / 100 == 3, "status of /docs: %d (expected: 200, or a redirect)", status);
    }

    private static void created(Server server) {
        String name = server.workspace();
        JsonNode workspace = server.read("/api/workspaces/" + name);
        unlessEqual(name, workspace.path("name").asText(), "name");
        unless(workspace.path("version").isIntegralNumber(), "version: %s (expected: a number)", workspace);
        unlessEqual(0L, workspace.path("version").asLong(), "version of an empty workspace");
        unless(workspace.path("shard").isIntegralNumber(), "shard: %s (expected: a number)", workspace);
        JsonNode topics = workspace.path("topics");
        String shard = String.format("%02d", workspace.path("shard").asInt());
        // A workspace may live in a topic of its own or in its shard's shared one.
        unless(List.of("heddle.ops." + shard + "." + name, "heddle.ops." + shard).contains(
            topics.path("ops").asText()), "topics.ops: %s", topics);
        unlessEqual("heddle.canonical", topics.path("canonical").asText(), "topics.canonical");
        unlessEqual("heddle.rejections", topics.path("rejections").asText(), "topics.rejections");
    }

    private static void listed(Server server) {
        String name = server.workspace();
        JsonNode list = server.read("/api/workspaces");
        unless(list.toString().contains("\"" + name + "\""), "list without %s", name);
    }

    private static void names(Server server) {
        for (String name : List.of("", "-a", "A", "a_b", "a.b", "a".repeat(64))) {
            Server.refused(server.json("POST", "/api/workspaces", Server.object().put("name", name)), "BAD_REQUEST",
                400, 422);
        }
    }
}
