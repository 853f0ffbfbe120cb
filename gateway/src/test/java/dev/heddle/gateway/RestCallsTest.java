package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.engine.workspace.Hash;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST calls as a client meets them: the real server over a fake log. */
class RestCallsTest {

    private static final TestGateway GATEWAY = new TestGateway(Map.of());
    private static int count;
    private String base;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @BeforeEach
    void workspace() {
        base = "/api/workspaces/rest-" + ++count;
        GATEWAY.create("rest-" + count);
    }

    private HttpResponse<String> call(String method, String below, String body, String... headers) {
        return GATEWAY.call(method, base + below, body, headers);
    }

    private static String edit(long base, int at, int delete, String insert) {
        return "{\"kind\":\"edit\",\"base\":" + base + ",\"changes\":[{\"at\":" + at + ",\"delete\":" + delete
            + ",\"insert\":\"" + insert + "\"}]}";
    }

    private static JsonNode json(HttpResponse<String> response) {
        return TestGateway.json(response);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).path("code").asText()).isEqualTo(code);
        assertThat(json(response).path("detail").asText()).isNotEmpty();
    }

    @Test
    void shouldCreateWorkspaceOnceAndShowItAfterwards() {
        HttpResponse<String> created = GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"once\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).path("topics").path("ops").asText()).isEqualTo("heddle.ops.00.once");
        assertThat(json(created).path("topics").path("canonical").asText()).isEqualTo("heddle.canonical");
        assertThat(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"once\"}").statusCode()).isEqualTo(200);
        JsonNode shown = json(GATEWAY.call("GET", "/api/workspaces/once", null));
        assertThat(shown.path("version").asLong()).isZero();
        assertThat(shown.has("shard")).isTrue();
        assertThat(json(GATEWAY.call("GET", "/api/workspaces", null)).findValuesAsText("name")).contains("once");
    }

    @Test
    void shouldPlaceTheLogAsAskedWhenAWorkspaceIsCreated() {
        JsonNode own = json(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"house\",\"place\":\"own\"}"));
        assertThat(own.path("place").asText()).isEqualTo("own");
        JsonNode shared = json(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"flat\",\"place\":\"shared\"}"));
        assertThat(shared.path("place").asText()).isEqualTo("shared");
        assertThat(shared.path("topics").path("ops").asText()).isEqualTo("heddle.ops.00");
        JsonNode again = json(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"flat\",\"place\":\"own\"}"));
        assertThat(again.path("place").asText()).as("a workspace stays where it is").isEqualTo("shared");
        for (String place : List.of("\"elsewhere\"", "7", "null")) {
            assertProblem(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"nowhere\",\"place\":" + place + "}"),
                400, "BAD_REQUEST");
        }
    }

    @ParameterizedTest
    @CsvSource({"UPPER", "-dash", "heddle-probe-0", "''", "a/b"})
    void shouldRefuseWorkspaceNameWhenItBreaksTheRule(String name) {
        assertProblem(GATEWAY.call("POST", "/api/workspaces", "{\"name\":\"" + name + "\"}"), 400, "BAD_REQUEST");
    }

    @Test
    void shouldSayUnknownWorkspaceForEveryCallBelowIt() {
        assertProblem(GATEWAY.call("GET", "/api/workspaces/none", null), 404, "UNKNOWN_WORKSPACE");
        assertProblem(GATEWAY.call("GET", "/api/workspaces/none/files", null), 404, "UNKNOWN_WORKSPACE");
        assertProblem(GATEWAY.call("PUT", "/api/workspaces/none/files/a", "x"), 404, "UNKNOWN_WORKSPACE");
    }

    @Test
    void shouldBeUnavailableWhenAWorkspaceMayBeThereButIsNotReadYet() {
        GATEWAY.backend.directoryIncomplete(true);
        try {
            assertProblem(GATEWAY.call("GET", "/api/workspaces/none", null), 503, "UNAVAILABLE");
            assertProblem(GATEWAY.call("PUT", "/api/workspaces/none/files/a", "x"), 503, "UNAVAILABLE");
            assertProblem(GATEWAY.call("GET", "/api/workspaces", null), 503, "UNAVAILABLE");
        } finally {
            GATEWAY.backend.directoryIncomplete(false);
        }
    }

    @Test
    void shouldCreateThenEditMinimallyWhenWholeTextIsPut() {
        HttpResponse<String> created = call("PUT", "/files/src/a.txt", "one\ntwo\nthree\n");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).path("path").asText()).isEqualTo("src/a.txt");
        assertThat(json(created).path("version").asLong()).isEqualTo(1);
        assertThat(call("PUT", "/files/src/a.txt", "one\ntoo\nthree\n").statusCode()).isEqualTo(200);
        JsonNode edit = json(call("GET", "/ops?after=1", null)).path("ops").path(0).path("op");
        assertThat(edit.path("kind").asText()).isEqualTo("edit");
        assertThat(edit.path("changes").size()).isEqualTo(1);
        assertThat(edit.path("changes").path(0).path("insert").asText()).isEqualTo("o");
        HttpResponse<String> read = call("GET", "/files/src/a.txt", null);
        assertThat(read.body()).isEqualTo("one\ntoo\nthree\n");
        assertThat(read.headers().firstValue("Heddle-Version")).hasValue("2");
        assertThat(read.headers().firstValue("Heddle-File")).isPresent();
        assertThat(read.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void shouldWriteNothingWhenPutChangesNothing() {
        call("PUT", "/files/a", "same");
        HttpResponse<String> again = call("PUT", "/files/a", "same");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("version").asLong()).isEqualTo(1);
        assertThat(json(call("GET", "/ops", null)).path("ops").size()).isEqualTo(1);
    }

    @Test
    void shouldHonourConditionsWithTheEntityTag() {
        call("PUT", "/files/a", "first");
        String tag = call("GET", "/files/a", null).headers().firstValue("ETag").orElseThrow();
        assertThat(call("GET", "/files/a", null, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(call("PUT", "/files/a", "second", "If-Match", tag).statusCode()).isEqualTo(200);
        assertProblem(call("PUT", "/files/a", "third", "If-Match", tag), 412, "PRECONDITION_FAILED");
        assertProblem(call("PUT", "/files/new", "x", "If-Match", tag), 412, "PRECONDITION_FAILED");
        assertProblem(call("PUT", "/files/a", "x", "If-None-Match", "*"), 412, "PRECONDITION_FAILED");
        assertProblem(call("DELETE", "/files/a", null, "If-Match", tag), 412, "PRECONDITION_FAILED");
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("second");
    }

    @Test
    void shouldMergeWhenPutSaysWhichVersionItSaw() {
        call("PUT", "/files/a", "left right");
        call("PUT", "/files/a", "left middle right");
        assertThat(call("PUT", "/files/a?base=1", "left right!").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("left middle right!");
    }

    @Test
    void shouldAnswerCanonicalOperationWhenPatched() {
        call("PUT", "/files/a", "hello world");
        HttpResponse<String> edit = call("PATCH", "/files/a",
            edit(1, 0, 1, "H"));
        assertThat(edit.statusCode()).as(edit.body()).isEqualTo(200);
        assertThat(json(edit).path("type").asText()).isEqualTo("op");
        assertThat(json(edit).path("op").path("changes").path(0).path("deleted").asText()).isEqualTo("h");
        assertThat(call("PATCH", "/files/a", "{\"kind\":\"replace\",\"find\":\"world\",\"with\":\"all\"}").statusCode())
            .isEqualTo(200);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("Hello all");
        assertThat(call("GET", "/files/a?version=1", null).body()).isEqualTo("hello world");
    }

    @Test
    void shouldAnswerRejectionWhenPatchIsRefused() {
        call("PUT", "/files/a", "aa");
        assertProblem(call("PATCH", "/files/a", "{\"kind\":\"replace\",\"find\":\"x\",\"with\":\"y\"}"), 409,
            "ANCHOR_NOT_FOUND");
        HttpResponse<String> ambiguous = call("PATCH", "/files/a",
            "{\"kind\":\"replace\",\"find\":\"a\",\"with\":\"\"}");
        assertProblem(ambiguous, 409, "ANCHOR_AMBIGUOUS");
        assertThat(json(ambiguous).path("version").asLong()).isEqualTo(1);
        assertProblem(call("PATCH", "/files/a",
            edit(1, 9, 0, "x")), 422, "OUT_OF_RANGE");
        assertProblem(call("PATCH", "/files/a",
            "{\"kind\":\"edit\",\"base\":99,\"changes\":[]}"), 422, "BASE_IN_FUTURE");
        assertProblem(call("PATCH", "/files/a", "{\"kind\":\"edit\",\"changes\":[]}"), 400, "BAD_REQUEST");
        assertProblem(call("PATCH", "/files/a", "{\"kind\":\"delete\"}"), 400, "BAD_REQUEST");
        assertProblem(call("PATCH", "/files/a", "{nonsense"), 400, "BAD_REQUEST");
    }

    @Test
    void shouldApplyOnceWhenRetriedWithTheSameIdentity() {
        call("PUT", "/files/a", "x");
        String session = UUID.randomUUID().toString();
        String patch = edit(1, 0, 0, "y");
        String[] identity = {"Heddle-Session", session, "Heddle-Seq", "1"};
        HttpResponse<String> first = call("PATCH", "/files/a", patch, identity);
        HttpResponse<String> second = call("PATCH", "/files/a", patch, identity);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second)).isEqualTo(json(first));
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("yx");
        assertProblem(call("PATCH", "/files/a", patch, "Heddle-Session", session), 400, "BAD_REQUEST");
        assertProblem(call("PATCH", "/files/a", patch, "Heddle-Session", session, "Heddle-Seq", "7"), 409, "SEQ_GAP");
    }

    @Test
    void shouldRenameAndDelete() {
        call("PUT", "/files/a", "text");
        HttpResponse<String> renamed = call("POST", "/files/a/rename", "{\"to\":\"dir/b\"}");
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(json(renamed).path("path").asText()).isEqualTo("dir/b");
        assertProblem(call("GET", "/files/a", null), 404, "UNKNOWN_FILE");
        assertThat(json(call("GET", "/files", null)).path(0).path("path").asText()).isEqualTo("dir/b");
        assertThat(call("DELETE", "/files/dir/b", null).statusCode()).isEqualTo(200);
        assertThat(json(call("GET", "/files", null)).size()).isZero();
        assertThat(call("DELETE", "/files/dir/b", null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellCallsFromFilesOfTheSameName() {
        call("PUT", "/files/src%2Fblame", "a file called blame");
        assertThat(call("GET", "/files/src%2Fblame", null).body()).isEqualTo("a file called blame");
        assertThat(json(call("GET", "/files/src/blame", null)).path("blameOf").asText()).isEqualTo("src");
        call("PUT", "/files/blame", "top");
        assertThat(call("GET", "/files/blame", null).body()).isEqualTo("top");
    }

    @Test
    void shouldTakeBackWhatOneAuthorDidAndLeaveOthersWork() {
        call("PUT", "/files/a", "The cat sat.", "Heddle-Author", "ann");
        call("PUT", "/files/a", "The dog sat.", "Heddle-Author", "bob");
        call("PUT", "/files/b", "bob's", "Heddle-Author", "bob");
        call("PUT", "/files/a", "The dog sat. On the mat.", "Heddle-Author", "ann");
        call("POST", "/files/a/rename", "{\"to\":\"c\"}", "Heddle-Author", "bob");
        String bobs = "{\"author\":\"bob\",\"dryRun\":%b}";
        JsonNode plan = json(call("POST", "/undo", bobs.formatted(true)));
        assertThat(plan.path("selected").asInt()).isEqualTo(3);
        assertThat(plan.path("steps").findValuesAsText("kind")).containsExactly("edit", "delete", "rename");
        assertThat(call("GET", "/files/c", null).body()).isEqualTo("The dog sat. On the mat.");
        JsonNode done = json(call("POST", "/undo", bobs.formatted(false)));
        assertThat(done.path("leftovers").isEmpty()).as(done.toString()).isTrue();
        assertThat(done.path("version").asLong()).isEqualTo(done.path("head").asLong() + 3);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("The cat sat. On the mat.");
        assertThat(call("GET", "/files/b", null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayWhatCouldNotBeTakenBackCleanly() {
        call("PUT", "/files/a", "bob bob", "Heddle-Author", "bob");
        call("PUT", "/files/a", "bob ANN bob", "Heddle-Author", "ann");
        JsonNode done = json(call("POST", "/undo", "{\"from\":1,\"to\":1}"));
        assertThat(call("GET", "/files/a", null).body().strip()).isEqualTo("ANN");
        assertThat(done.path("leftovers").findValuesAsText("reason")).anyMatch(reason -> reason.contains("ann changed"))
            .anyMatch(reason -> reason.contains("it stays"));
        String session = json(call("GET", "/ops?after=1&limit=1", null)).at("/ops/0/session").asText();
        JsonNode prefix = json(call("POST", "/undo", "{\"session\":\"" + session.substring(0, 13) + "\"}"));
        assertThat(prefix.path("selected").asInt()).isEqualTo(1);
        assertProblem(call("POST", "/undo", "{}"), 400, "BAD_REQUEST");
        assertProblem(call("POST", "/undo", "{\"from\":3,\"to\":2}"), 400, "BAD_REQUEST");
        assertProblem(call("POST", "/undo", "{\"author\":7}"), 400, "BAD_REQUEST");
    }

    @Test
    void shouldAskForThePastByVersionOrByTime() {
        call("PUT", "/files/a", "one");
        call("PUT", "/files/a", "two");
        assertThat(call("GET", "/files/a?version=1", null).body()).isEqualTo("one");
        assertThat(json(call("GET", "/files?version=0", null)).size()).isZero();
        assertThat(json(call("GET", "/files/a/blame?version=1", null)).path("asOf").asText()).isEqualTo("1");
        assertThat(json(call("GET", "/files/a/blame?at=2026-11-20T12:00:00Z", null)).path("asOf").asText())
            .isEqualTo("2026-11-20T12:00:00Z");
        assertProblem(call("GET", "/files/a?at=yesterday", null), 400, "BAD_REQUEST");
        assertProblem(call("GET", "/files?at=2026-11-20T12:00:00Z&version=1", null), 400, "BAD_REQUEST");
    }

    @Test
    void shouldCompareTwoVersionsInEitherFormat() {
        call("PUT", "/files/dir%2Fa", "one");
        HttpResponse<String> unified = call("GET", "/files/dir/a/diff?from=0&to=1&format=unified", null);
        assertThat(unified.body()).isEqualTo("dir/a from 0 to 1");
        assertThat(unified.headers().firstValue("Content-Type")).hasValue("text/x-diff; charset=utf-8");
        assertThat(call("GET", "/files/dir/a/diff?from=1", null).body()).isEqualTo("dir/a from 1 to null");
        assertProblem(call("GET", "/files/dir/a/diff", null), 400, "BAD_REQUEST");
        assertProblem(call("GET", "/files/dir/a/diff?from=1&format=html", null), 400, "BAD_REQUEST");
    }

    @Test
    void shouldSayTheHeadThatSomebodyMayKeep() {
        assertThat(json(call("GET", "/head", null)).path("hash").asText()).isEqualTo(Hash.ZERO.hex());
        call("PUT", "/files/a", "one");
        JsonNode first = json(call("GET", "/head", null));
        assertThat(first.path("version").asLong()).isEqualTo(1);
        assertThat(first.path("hash").asText()).isEqualTo(
            json(call("GET", "/ops?after=0", null)).at("/ops/0/hash").asText());
        call("PUT", "/files/a", "two");
        assertThat(json(call("GET", "/head?version=1", null))).isEqualTo(first);
        assertThat(json(call("GET", "/head", null)).path("version").asLong()).isEqualTo(2);
        assertProblem(call("GET", "/head?version=3", null), 422, "BASE_IN_FUTURE");
    }

    @Test
    void shouldPageOperations() {
        for (int i = 0; i < 5; i++) {
            call("PUT", "/files/f" + i, "");
        }
        JsonNode page = json(call("GET", "/ops?after=1&limit=2", null));
        assertThat(page.path("ops").findValuesAsText("version")).containsExactly("2", "3");
        assertThat(page.path("next").asLong()).isEqualTo(3);
        assertThat(json(call("GET", "/ops?after=3", null)).has("next")).isFalse();
        assertProblem(call("GET", "/ops?limit=0", null), 400, "BAD_REQUEST");
        assertProblem(call("GET", "/ops?after=-1", null), 400, "BAD_REQUEST");
    }

    @Test
    void shouldFollowOperationsLiveAndResumeByEventId() throws Exception {
        call("PUT", "/files/a", "1");
        call("PUT", "/files/b", "2");
        HttpRequest request = HttpRequest.newBuilder(URI.create(GATEWAY.address() + base + "/ops"))
            .header("Accept", "text/event-stream").header("Last-Event-ID", "1").build();
        HttpResponse<java.util.stream.Stream<String>> stream = HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        Iterator<String> lines = stream.body().iterator();
        assertThat(nextStarting(lines, "id: ")).isEqualTo("id: 2");
        assertThat(nextStarting(lines, "data: ")).contains("\"version\":2");
        call("PUT", "/files/c", "3");
        assertThat(nextStarting(lines, "id: ")).isEqualTo("id: 3");
        stream.body().close();
    }

    private static String nextStarting(Iterator<String> lines, String prefix) {
        while (true) {
            String line = lines.next();
            if (line.startsWith(prefix)) {
                return line;
            }
        }
    }

    @Test
    void shouldBringBackTheStateOfAVersionWhenReverted() {
        call("PUT", "/files/a", "alpha");
        call("PUT", "/files/b", "beta");
        call("PUT", "/files/a", "ALPHA and more");
        call("POST", "/files/a/rename", "{\"to\":\"moved\"}");
        call("PUT", "/files/a", "another a");
        call("DELETE", "/files/b", null);
        HttpResponse<String> reverted = call("POST", "/revert", "{\"to\":2}");
        assertThat(reverted.statusCode()).as(reverted.body()).isEqualTo(200);
        assertThat(json(call("GET", "/files", null)).findValuesAsText("path")).containsExactly("a", "b");
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("alpha");
        assertThat(call("GET", "/files/b", null).body()).isEqualTo("beta");
    }

    @Test
    void shouldRevertOneFileOnlyWhenPathIsGiven() {
        call("PUT", "/files/a", "1");
        call("PUT", "/files/b", "1");
        call("PUT", "/files/a", "2");
        call("PUT", "/files/b", "2");
        assertThat(call("POST", "/revert", "{\"to\":2,\"path\":\"a\"}").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("1");
        assertThat(call("GET", "/files/b", null).body()).isEqualTo("2");
        assertProblem(call("POST", "/revert", "{\"to\":2,\"path\":\"zzz\"}"), 404, "UNKNOWN_FILE");
        assertProblem(call("POST", "/revert", "{\"to\":999}"), 422, "BASE_IN_FUTURE");
    }

    @Test
    void shouldSayWhyAndHowFarItCameWhenRevertIsRefusedOnTheWay() {
        call("PUT", "/files/a", "1");
        call("POST", "/files/a/rename", "{\"to\":\"b\"}");
        call("PUT", "/files/b", "2");
        call("PUT", "/files/a", "another");
        HttpResponse<String> refused = call("POST", "/revert", "{\"to\":1,\"path\":\"a\"}");
        assertProblem(refused, 409, "PATH_TAKEN");
        assertThat(json(refused).path("detail").asText()).startsWith("after 0 of 2 operations: path a ");
        assertThat(call("GET", "/files/b", null).body()).isEqualTo("2");
    }

    @Test
    void shouldLeaveLaterWorkWhenOneOperationIsUndone() {
        call("PUT", "/files/a", "start");
        call("PATCH", "/files/a", edit(1, 0, 2, "XX"));
        call("PATCH", "/files/a", edit(2, 5, 0, "!"));
        HttpResponse<String> undone = call("POST", "/undo", "{\"version\":2}");
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo("start!");
    }

    private String text() {
        return call("GET", "/files/a", null).body();
    }

    private long undo(long version) {
        HttpResponse<String> undone = call("POST", "/undo", "{\"version\":" + version + "}");
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
        return json(undone).path("version").asLong();
    }

    @Test
    void shouldUndoAllTheSameWhenMoreWasCommittedSinceThanOneCallMayHold() {
        call("PUT", "/files/a", "start");
        call("PATCH", "/files/a", edit(1, 0, 2, "XX"));
        String large = "x".repeat(900_000);
        for (long base = 2; base < 12; base++) {
            HttpResponse<String> inserted = call("PATCH", "/files/a", edit(base, 5, 0, large));
            assertThat(inserted.statusCode()).as(inserted.body()).isEqualTo(200);
        }
        undo(2);
        assertThat(text()).isEqualTo("start" + large.repeat(10));
    }

    @Test
    void shouldBringTextBackOnceWhenTwoDeletedItAndBothAreUndone() {
        call("PUT", "/files/a", "one word two");
        call("PATCH", "/files/a", edit(1, 4, 5, ""));
        call("PATCH", "/files/a", edit(1, 4, 5, ""));
        assertThat(text()).isEqualTo("one two");
        undo(3);
        assertThat(text()).as("the second took nothing out").isEqualTo("one two");
        undo(2);
        assertThat(text()).isEqualTo("one word two");
    }

    @Test
    void shouldBringTextBackOnceWhenADeleteIsUndoneTwice() {
        call("PUT", "/files/a", "one word two");
        call("PATCH", "/files/a", edit(1, 4, 5, ""));
        call("PATCH", "/files/a", edit(2, 0, 0, "zero "));
        undo(2);
        assertThat(text()).isEqualTo("zero one word two");
        undo(2);
        assertThat(text()).isEqualTo("zero one word two");
    }

    @Test
    void shouldLeaveNothingWhenTypingAndDeletingAreBothUndone() {
        call("PUT", "/files/a", "ab");
        call("PATCH", "/files/a", edit(1, 1, 0, "x"));
        call("PATCH", "/files/a", edit(2, 0, 2, ""));
        call("PATCH", "/files/a", edit(3, 1, 0, "!"));
        undo(3);
        assertThat(text()).isEqualTo("axb!");
        undo(2);
        assertThat(text()).isEqualTo("ab!");
    }

    @Test
    void shouldDoItAgainWhenAnUndoIsUndone() {
        call("PUT", "/files/a", "start");
        call("PATCH", "/files/a", edit(1, 0, 2, "XX"));
        long undone = undo(2);
        assertThat(text()).isEqualTo("start");
        undo(undone);
        assertThat(text()).isEqualTo("XXart");
        undo(2);
        assertThat(text()).isEqualTo("start");
    }

    @Test
    void shouldUndoTheTreeWhenAFileWasRenamedOrDeleted() {
        call("PUT", "/files/a", "text");
        call("POST", "/files/a/rename", "{\"to\":\"b\"}");
        undo(2);
        call("DELETE", "/files/a", null);
        call("PUT", "/files/c", "gone");
        call("PATCH", "/files/c", edit(5, 0, 1, ""));
        call("DELETE", "/files/c", null);
        assertProblem(call("POST", "/undo", "{\"version\":6}"), 404, "FILE_DELETED");
        undo(4);
        assertThat(text()).isEqualTo("text");
        assertProblem(call("POST", "/undo", "{\"version\":0}"), 400, "BAD_REQUEST");
        assertProblem(call("POST", "/undo", "{\"version\":99}"), 422, "BASE_IN_FUTURE");
    }

    @Test
    void shouldUndoOnceWhenTheSameIdentityAsksAgain() {
        call("PUT", "/files/a", "start");
        call("PATCH", "/files/a", edit(1, 0, 2, "XX"));
        String[] identity = {"Heddle-Session", UUID.randomUUID().toString(), "Heddle-Seq", "1"};
        HttpResponse<String> first = call("POST", "/undo", "{\"version\":2}", identity);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        call("PATCH", "/files/a", edit(3, 0, 0, "re"));
        HttpResponse<String> second = call("POST", "/undo", "{\"version\":2}", identity);
        assertThat(json(second)).isEqualTo(json(first));
        assertThat(text()).isEqualTo("restart");
        assertProblem(call("POST", "/undo", "{\"version\":4}", identity), 409, "SEQ_REUSED");
    }

    @ParameterizedTest
    @CsvSource({"/files/../x,PATH_INVALID", "/files/%2e%2e/x,PATH_INVALID", "/files/a%2F..%2Fb,PATH_INVALID",
        "/files/a//b,PATH_INVALID", "/files/%zz,PATH_INVALID", "/files/%ED%A0%80,TEXT_MALFORMED",
        "/files/a%00b,PATH_INVALID"})
    void shouldRefusePathWhenItIsNotOne(String path, String code) {
        HttpResponse<String> response = GATEWAY.raw("PUT " + base + path + " HTTP/1.1");
        assertProblem(response, 422, code);
    }

    @Test
    void shouldRefuseTextWhenBodyIsNotUtf8() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(GATEWAY.address() + base + "/files/a"))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})).build();
        assertProblem(GATEWAY.send(request), 422, "TEXT_MALFORMED");
    }

    @Test
    void shouldKeepTextByteForByte() {
        String text = "\uFEFFa\r\nb\rc\u0000\u0301\uD83D\uDE00 \n\n";
        call("PUT", "/files/a", text);
        assertThat(call("GET", "/files/a", null).body()).isEqualTo(text);
    }

    @Test
    void shouldSayNotFoundOrNotAllowed() {
        assertProblem(call("GET", "/nothing", null), 404, "NOT_FOUND");
        assertProblem(call("PUT", "/files", "x"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(GATEWAY.call("DELETE", "/api/workspaces", null), 405, "METHOD_NOT_ALLOWED");
        assertProblem(GATEWAY.call("GET", "/nowhere", null), 404, "NOT_FOUND");
        assertProblem(call("GET", "/socket", null), 400, "BAD_REQUEST");
    }

    @Test
    void shouldSayUnavailableAndThatItMayStillApplyWhenNobodyAnswers() {
        try (TestGateway impatient = new TestGateway(Map.of(GatewayConfig.DEADLINE_MS, "300"))) {
            impatient.create("slow");
            assertThat(impatient.call("PUT", "/api/workspaces/slow/files/a", "x").statusCode()).isEqualTo(201);
            impatient.backend.swallowAppends(true);
            HttpResponse<String> response = impatient.call("DELETE", "/api/workspaces/slow/files/a", null);
            assertProblem(response, 503, "UNAVAILABLE");
            assertThat(json(response).path("detail").asText()).contains("may still be applied");
        }
    }

    @Test
    void shouldTellHealthAsItIs() {
        assertThat(GATEWAY.call("GET", "/health/live", null).statusCode()).isEqualTo(200);
        assertThat(GATEWAY.call("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        GATEWAY.faults = Map.of("shard 00", "no probe was answered yet");
        HttpResponse<String> notReady = GATEWAY.call("GET", "/health/ready", null);
        GATEWAY.faults = Map.of();
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(json(notReady).path("reasons").path("shard 00").asText()).contains("no probe");
        assertThat(GATEWAY.call("GET", "/metrics", null).body()).startsWith("# metrics");
    }

    @Test
    void shouldRefuseBodyWhenItIsTooLarge() {
        try (TestGateway small = new TestGateway(Map.of(GatewayConfig.MESSAGE_BYTES, "1024",
            GatewayConfig.TEXT_BYTES, "2048"))) {
            small.create("tiny");
            assertThat(small.call("PUT", "/api/workspaces/tiny/files/a", "x".repeat(2048)).statusCode())
                .isEqualTo(201);
            assertProblem(small.call("PUT", "/api/workspaces/tiny/files/a", "x".repeat(2049)), 413, "TOO_LARGE");
        }
    }
}
