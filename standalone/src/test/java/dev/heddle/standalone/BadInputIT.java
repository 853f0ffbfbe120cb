package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.teststack.HeddleRest;
import dev.heddle.teststack.SocketFrames;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a client can get wrong is answered by the code the reference names, and harms nobody. */
class BadInputIT {

    /** One for all tests that leave its two files as they are: a workspace is a topic, which takes its time to join. */
    private static String unchanged;
    private static long unchangedVersion;

    private final RunningHeddle heddle = RunningHeddle.shared();
    private String workspace;
    private long version;

    @BeforeEach
    void useUnchangedWorkspace() {
        if (unchanged == null) {
            newWorkspace();
            unchanged = workspace;
            unchangedVersion = version;
        }
        workspace = unchanged;
        version = unchangedVersion;
    }

    private void newWorkspace() {
        workspace = heddle.workspace("bad").name();
        heddle.rest().put(workspace, "a.txt", "one two one");
        version = heddle.rest().put(workspace, "b.txt", "").get("version").longValue();
    }

    @AfterEach
    void stillWorks() {
        HttpResponse<String> put = heddle.rest().send("PUT", files("still.txt"), "works", "Content-Type", "text/plain");
        assertThat(put.statusCode() / 100).as(put.body()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UNKNOWN_FILE     | {'kind':'edit','path':'none.txt','changes':[]}",
        "UNKNOWN_FILE     | {'kind':'delete','file':'00000000-0000-0000-0000-000000000000'}",
        "PATH_INVALID     | {'kind':'create','path':'../etc/passwd','text':''}",
        "PATH_INVALID     | {'kind':'create','path':'/a','text':''}",
        "PATH_INVALID     | {'kind':'rename','path':'a.txt','to':'x//y'}",
        "PATH_TAKEN       | {'kind':'create','path':'a.txt','text':''}",
        "PATH_TAKEN       | {'kind':'rename','path':'a.txt','to':'b.txt'}",
        "OUT_OF_RANGE     | {'kind':'edit','path':'a.txt','changes':[{'at':12,'delete':0,'insert':'x'}]}",
        "OUT_OF_RANGE     | {'kind':'edit','path':'a.txt','changes':[{'at':10,'delete':2,'insert':''}]}",
        "TEXT_MALFORMED   | {'kind':'edit','path':'a.txt','changes':[{'at':0,'delete':0,'insert':'\\ud83d'}]}",
        "ANCHOR_NOT_FOUND | {'kind':'replace','path':'a.txt','find':'three','with':'x'}",
        "ANCHOR_AMBIGUOUS | {'kind':'replace','path':'a.txt','find':'one','with':'x'}",
        "BAD_REQUEST      | {'kind':'edit','path':'a.txt','changes':[{'at':5,'delete':0,'insert':'x'},{'at':2,"
            + "'delete':0,'insert':'x'}]}",
    })
    void shouldRejectTheOperationByItsCode(String code, String operation) {
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            assertRejected(conversation.submit(1, version, operation.replace('\'', '"')), 1, code);
        }
    }

    @Test
    void shouldRejectByContextAndIdentity() {
        newWorkspace();
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            assertRejected(conversation.submit(2, version, "{\"kind\":\"noop\"}"), 2, "SEQ_GAP");
            assertRejected(conversation.submit(1, version + 5, "{\"kind\":\"noop\"}"), 1, "BASE_IN_FUTURE");
            assertRejected(conversation.submitAfter(2, version, 1, "{\"kind\":\"noop\"}"), 2, "PRECEDING_REJECTED");
            JsonNode accepted = conversation.submit(3, version, "{\"kind\":\"delete\",\"path\":\"b.txt\"}");
            assertThat(accepted.get("type").textValue()).isEqualTo("op");
            long deleted = accepted.get("version").longValue();
            assertRejected(conversation.submit(3, version, "{\"kind\":\"noop\"}"), 3, "SEQ_REUSED");
            assertRejected(conversation.submit(4, deleted, "{\"kind\":\"edit\",\"file\":"
                + accepted.get("file") + ",\"changes\":[]}"), 4, "FILE_DELETED");
        }
    }

    private static JsonNode untraced(JsonNode operation) {
        ObjectNode copy = operation.deepCopy();
        copy.remove("traceparent");
        return copy;
    }

    @Test
    void shouldAnswerAResentOperationAsTheFirstTime() {
        newWorkspace();
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            String insert =
                "{'kind':'edit','path':'b.txt','changes':[{'at':0,'delete':0,'insert':'x'}]}".replace('\'', '"');
            JsonNode first = conversation.submit(1, version, insert);
            JsonNode second = conversation.submit(1, version, insert);

            // Each sending is a trace of its own; the operation is the same in every other field.
            assertThat(untraced(second)).isEqualTo(untraced(first));
            assertThat(heddle.rest().textAt(workspace, "b.txt", first.get("version").longValue())).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4400 | {not json",
        "4400 | [1]",
        "4400 | {'type':'submit','seq':'one'}",
        "4401 | {'type':'shout'}",
        "4403 | {'type':'hello','session':'00000000-0000-0000-0000-000000000001'}",
    })
    void shouldCloseTheConnectionThatBreaksTheProtocol(int closeCode, String frame) {
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            conversation.frames.send(frame.replace('\'', '"'));

            assertClosed(conversation, closeCode);
        }
    }

    @Test
    void shouldExpectAHelloFirst() {
        try (Conversation conversation = new Conversation(heddle.gateway(), workspace)) {
            conversation.frames.send("{\"type\":\"open\",\"path\":\"a.txt\"}");

            assertClosed(conversation, 4403);
        }
    }

    @Test
    void shouldRefuseABinaryFrame() {
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            conversation.frames.sendBinary(new byte[] {1, 2, 3});

            assertClosed(conversation, 4404);
        }
    }

    @Test
    void shouldRefuseAnOversizeFrame() {
        try (Conversation conversation = Conversation.open(heddle.gateway(), workspace)) {
            conversation.frames.send("{\"type\":\"" + "x".repeat(9_000_000) + "\"}");

            assertThat(conversation.frames.closeCode()).isIn(4413, 1009);
        }
    }

    @Test
    void shouldRefuseTheWrongSubprotocol() {
        URI address = URI.create("ws://" + heddle.gateway() + "/api/workspaces/" + workspace + "/socket");

        assertThatThrownBy(() -> new SocketFrames(address, "other.v9", ignored -> { }).close())
            .hasStackTraceContaining("WebSocketHandshakeException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "404 | UNKNOWN_WORKSPACE  | GET    | /api/workspaces/never-created                  | -",
        "404 | UNKNOWN_FILE       | GET    | /api/workspaces/{w}/files/none.txt             | -",
        "404 | UNKNOWN_WORKSPACE  | PUT    | /api/workspaces/never-created/files/a.txt      | x",
        "422 | BASE_IN_FUTURE     | GET    | /api/workspaces/{w}/files/a.txt?version=999999 | -",
        "422 | PATH_INVALID       | PUT    | /api/workspaces/{w}/files/..%2Fx               | x",
        "400 | BAD_REQUEST        | POST   | /api/workspaces                                | {'name':'No Such'}",
        "400 | BAD_REQUEST        | POST   | /api/workspaces                                | {'name'",
        "409 | PATH_TAKEN         | POST   | /api/workspaces/{w}/files/a.txt/rename         | {'to':'b.txt'}",
        "409 | ANCHOR_NOT_FOUND   | PATCH  | /api/workspaces/{w}/files/a.txt                "
            + "| {'kind':'replace','find':'no','with':''}",
        "404 | NOT_FOUND          | GET    | /api/nothing                                   | -",
    })
    void shouldAnswerByProblemAndCode(int status, String code, String method, String path, String body) {
        String content = body == null ? null : body.replace('\'', '"').replace("{w}", workspace);
        HttpResponse<String> response = heddle.rest().send(method, path.replace("{w}", workspace), content,
            "Content-Type", method.equals("PUT") ? "text/plain" : "application/json");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(HeddleRest.parse(response.body()).get("code").textValue()).isEqualTo(code);
    }

    @Test
    void shouldAnswerWithTheWorkspaceWhenItIsCreatedAgain() {
        newWorkspace();
        HttpResponse<String> again =
            heddle.rest().sendJson("POST", "/api/workspaces", "{\"name\":\"" + workspace + "\"}");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(HeddleRest.parse(again.body()).get("version").longValue()).isEqualTo(version);
    }

    private static void assertClosed(Conversation conversation, int closeCode) {
        JsonNode error = conversation.next("error");
        assertThat(error.get("code").textValue()).as(error.toString()).isEqualTo("BAD_REQUEST");
        assertThat(error.get("message").textValue()).isNotBlank();
        assertThat(conversation.frames.closeCode()).isEqualTo(closeCode);
    }

    private static void assertRejected(JsonNode answer, long seq, String code) {
        assertThat(answer.get("type").textValue()).as(answer.toString()).isEqualTo("rejected");
        assertThat(answer.get("seq").longValue()).isEqualTo(seq);
        assertThat(answer.get("code").textValue()).isEqualTo(code);
        assertThat(answer.get("message").textValue()).isNotBlank().doesNotContain("Exception");
    }

    private String files(String path) {
        return "/api/workspaces/" + workspace + "/files/" + path;
    }
}
