package dev.heddle.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.engine.RejectionCode;
import dev.heddle.gateway.room.Rooms;
import dev.heddle.gateway.room.WorkspaceDirectory;
import dev.heddle.gateway.room.WorkspaceInfo;
import dev.heddle.schemas.topic.PlaceKind;
import dev.heddle.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The calls about workspaces themselves. Creating one that exists is answered like a look at it: 200, not an error. */
final class WorkspaceCalls {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final WorkspaceDirectory directory;
    private final Rooms rooms;
    private final int bodyBytesMax;

    WorkspaceCalls(WorkspaceDirectory directory, Rooms rooms, int bodyBytesMax) {
        this.directory = directory;
        this.rooms = rooms;
        this.bodyBytesMax = bodyBytesMax;
    }

    /** {@return the workspace a call is about} */
    WorkspaceInfo require(String name) {
        return directory.find(name).orElseThrow(() -> {
            requireComplete();
            return new ApiException(RejectionCode.UNKNOWN_WORKSPACE, "workspace: " + Call.shown(name)
                + " (expected: one that was created)");
        });
    }

    private void requireComplete() {
        if (!directory.complete()) {
            throw new ApiException(RejectionCode.UNAVAILABLE, "workspaces: not all read yet after the start");
        }
    }

    CompletionStage<Reply> create(Call call) {
        ObjectNode wanted = call.json(bodyBytesMax);
        String name = RequestBodies.workspaceName(wanted);
        call.access().requireWrite(name);
        return directory.create(name, place(wanted.get("place"))).thenCompose(creation -> creation.created()
            ? CompletableFuture.completedFuture(reply(CREATED, creation.workspace(), 0))
            : show(creation.workspace()));
    }

    private static PlaceKind place(JsonNode place) {
        if (place == null) {
            return null;
        }
        try {
            return PlaceKind.parse(place.isTextual() ? place.textValue() : Call.shown(place.toString()));
        } catch (IllegalArgumentException neither) {
            throw new ApiException(RejectionCode.BAD_REQUEST, neither.getMessage());
        }
    }

    CompletionStage<Reply> list(Call call) {
        requireComplete();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        directory.all().stream().filter(workspace -> call.access().mayRead(workspace.name()))
            .forEach(workspace -> list.add(json(workspace)));
        return CompletableFuture.completedFuture(Reply.json(OK, list));
    }

    CompletionStage<Reply> show(Call call) {
        return show(require(call.workspace()));
    }

    private CompletionStage<Reply> show(WorkspaceInfo workspace) {
        return rooms.ports().reader().head(workspace.name(), rooms.readYourWrites(workspace.name()))
            .thenApply(head -> reply(OK, workspace, head.version()));
    }

    private static Reply reply(int status, WorkspaceInfo workspace, long version) {
        ObjectNode json = json(workspace);
        json.put("version", version);
        return Reply.json(status, json, Map.of("Location", "/api/workspaces/" + workspace.name()));
    }

    private static ObjectNode json(WorkspaceInfo workspace) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", workspace.name());
        json.putObject("topics").put("ops", workspace.opsTopic()).put("canonical", Topics.CANONICAL)
            .put("rejections", Topics.REJECTIONS);
        return json.put("shard", workspace.shard()).put("place", PlaceKind.of(workspace.opsTopic()).text());
    }
}
