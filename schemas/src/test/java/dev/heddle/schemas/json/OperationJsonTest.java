package dev.heddle.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import dev.heddle.engine.workspace.Anchor;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.schemas.codec.CodecException;
import dev.heddle.schemas.error.ErrorCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationJsonTest {

    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";

    private static Operation read(String json) {
        return OperationJson.operation(OperationJson.parse(json, 10_000));
    }

    @Test
    void shouldReadTheFormsOfTheProtocolPage() {
        assertThat(read("{'kind':'edit','file':'F','changes':[{'at':5,'delete':0,'insert':'x'}]}".replace('\'', '"')))
            .isEqualTo(new Operation.Edit(FileReference.ofFile("F"), List.of(new Change(5, 0, "x"))));
        assertThat(read("{'kind':'replace','path':'p','find':'o','with':'new','occurrence':'all'}".replace('\'', '"')))
            .isEqualTo(new Operation.Replace(FileReference.ofPath("p"),
                new Anchor("o", "new", Anchor.Occurrence.ALL)));
        assertThat(read("{'kind':'replace','path':'p','find':'old','with':''}".replace('\'', '"')))
            .isEqualTo(new Operation.Replace(FileReference.ofPath("p"), new Anchor("old", "", Anchor.Occurrence.ONLY)));
        assertThat(read("{'kind':'create','path':'p'}".replace('\'', '"')))
            .isEqualTo(new Operation.Create("p", "", null));
        assertThat(read("{'kind':'rename','file':'F','to':'q'}".replace('\'', '"')))
            .isEqualTo(new Operation.Rename(FileReference.ofFile("F"), "q"));
        assertThat(read("{'kind':'delete','path':'p','file':null}".replace('\'', '"')))
            .isEqualTo(new Operation.Delete(FileReference.ofPath("p")));
        assertThat(read("{\"kind\":\"noop\"}")).isEqualTo(new Operation.Noop());
    }

    @Test
    void shouldWriteTheOpMessageOfTheProtocol() {
        CanonicalOperation operation = new CanonicalOperation("w", 7, "F", "a.txt", "ada", SESSION, 3, 6, null, 12,
            1_700_000_000_000L, new Operation.Edit(FileReference.ofFile("F"), List.of(new Change(1, 2, "x", "yz")),
            new Anchor("yz", "x", Anchor.Occurrence.FIRST)), Hash.ZERO, Hash.ofHex("ab".repeat(32)));
        assertThat(OperationJson.opMessage(operation)).hasToString(("{'type':'op','version':7,'file':'F',"
            + "'path':'a.txt','author':'ada','session':'" + SESSION + "','seq':3,'time':1700000000000,'hash':'"
            + "ab".repeat(32) + "','op':{'kind':'edit','file':'F','changes':[{'at':1,'delete':2,'insert':'x',"
            + "'deleted':'yz'}],'anchor':{'find':'yz','with':'x','occurrence':'first'}}}").replace('\'', '"'));
    }

    @Test
    void shouldLeaveFileAndPathOutWhenTheOperationIsANoop() {
        CanonicalOperation noop = new CanonicalOperation("w", 1, null, null, "a", SESSION, 1, 0, null, 0, 5,
            new Operation.Noop(), Hash.ZERO, Hash.ZERO);
        assertThat(OperationJson.opMessage(noop).has("file")).isFalse();
        assertThat(OperationJson.opMessage(noop).has("path")).isFalse();
    }

    @Test
    void shouldWriteTheRejectedMessageOfTheProtocol() {
        RejectedOperation gap = new RejectedOperation("w", SESSION, 9, RejectionCode.SEQ_GAP, "m", 4, 8L, 1, 2);
        assertThat(OperationJson.rejectedMessage(gap)).hasToString(("{'type':'rejected','seq':9,'code':'SEQ_GAP',"
            + "'message':'m','retriable':true,'version':4,'expectedSeq':8}").replace('\'', '"'));
        RejectedOperation plain = new RejectedOperation("w", SESSION, 9, RejectionCode.TOO_LARGE, "m", 4, null, 1, 2);
        assertThat(OperationJson.rejectedMessage(plain).has("expectedSeq")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {} | op.kind: absent (expected: a text)
        {"kind":"swap"} | op.kind: swap (expected: edit, replace, create, rename, delete or noop)
        {"kind":5} | op.kind: 5 (expected: a text)
        {"kind":"noop","x":1} | op: field x (expected: no fields but kind)
        {"kind":"delete"} | file and path: both absent (expected: exactly one of them)
        {"kind":"delete","file":"F","path":"p"} | file and path: both present, F and p (expected: exactly one of them)
        {"kind":"delete","file":7} | op.file: 7 (expected: a text)
        {"kind":"edit","file":"F"} | op.changes: absent (expected: a list)
        {"kind":"edit","file":"F","changes":{}} | op.changes: an object (expected: a list)
        {"kind":"edit","file":"F","changes":[5]} | op.changes[0]: 5 (expected: an object)
        {"kind":"edit","file":"F","changes":[{"at":1.5}]} | op.changes[0].at: 1.5 (expected: a whole number of 64 bits)
        {"kind":"edit","file":"F","changes":[{"at":4294967296}]} | 4294967296 (expected: a whole number of 32 bits)
        {"kind":"edit","file":"F","changes":[{"at":0},{"insert":"x"}]} | op.changes[1].at: absent
        {"kind":"edit","file":"F","changes":[{"at":0,"del":1}]} | op.changes[0]: field del (expected: no fields but at
        {"kind":"edit","file":"F","changes":[{"at":0,"insert":["x"]}]} | op.changes[0].insert: a list (expected: a text)
        {"kind":"edit","file":"F","changes":[],"anchor":{"find":"x"}} | op.anchor.with: absent (expected: a text)
        {"kind":"replace","file":"F","find":"x","with":"y","occurrence":"last"} | occurrence: last (expected: only
        {"kind":"create","text":"x"} | op.path: absent (expected: a text)
        {"kind":"rename","file":"F","to":null} | op.to: absent (expected: a text)
        """)
    void shouldNameFieldValueAndRuleWhenAnOperationIsNotOne(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CodecException.class).hasMessageContaining(message)
            .satisfies(error -> assertThat(((CodecException) error).code()).isEqualTo(RejectionCode.BAD_REQUEST));
    }

    @Test
    void shouldRefuseWhatOnlyCanonicalOperationsHoldWhenSubmitted() {
        assertThatThrownBy(() -> OperationJson.submitted(OperationJson.parse(
            "{\"kind\":\"edit\",\"file\":\"F\",\"changes\":[{\"at\":0,\"deleted\":\"x\"}]}", 1_000)))
            .isInstanceOf(CodecException.class).hasMessageContaining("deleted");
        assertThatThrownBy(() -> OperationJson.submitted(OperationJson.parse(
            "{\"kind\":\"edit\",\"file\":\"F\",\"changes\":[],\"anchor\":{\"find\":\"x\",\"with\":\"\"}}", 1_000)))
            .isInstanceOf(CodecException.class).hasMessageContaining("anchor");
    }

    @Test
    void shouldSayTextMalformedWhenASurrogateIsAlone() {
        for (String escape : List.of("\\ud83d", "\\ude00", "\\ud83dx", "\\ude00\\ud83d")) {
            assertThatThrownBy(() -> read("{\"kind\":\"create\",\"path\":\"p\",\"text\":\"a" + escape + "\"}"))
                .isInstanceOf(CodecException.class).hasMessageContaining("op.text: lone surrogate at position 1")
                .satisfies(e -> assertThat(((CodecException) e).code()).isEqualTo(RejectionCode.TEXT_MALFORMED));
        }
        assertThat(read("{\"kind\":\"create\",\"path\":\"p\",\"text\":\"\\ud83d\\ude00\"}"))
            .isEqualTo(new Operation.Create("p", "😀", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hello | not JSON
        [1] | a list (expected: a JSON object)
        "x" | "x" (expected: a JSON object)
        `` | absent (expected: a JSON object)
        {"a":1}{"b":2} | not JSON
        {"a":1,"a":2} | Duplicate field 'a'
        {"a":1 | not JSON
        """)
    void shouldRefuseWhatIsNotOneJsonObject(String text, String message) {
        assertThatThrownBy(() -> OperationJson.parse(text, 1_000)).isInstanceOf(CodecException.class)
            .hasMessageContaining(message).hasMessageNotContaining("Exception");
        assertThatThrownBy(() -> OperationJson.parse(text.getBytes(StandardCharsets.UTF_8), 1_000))
            .isInstanceOf(CodecException.class).hasMessageContaining(message);
    }

    @Test
    void shouldMeasureUtf8WhenCheckingTheSize() {
        String text = "{\"a\":\"" + "😀".repeat(10) + "\"}";
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(OperationJson.parse(text, bytes).path("a").asText()).hasSize(20);
        assertThatThrownBy(() -> OperationJson.parse(text, bytes - 1)).hasMessageContaining(bytes + " bytes")
            .satisfies(e -> assertThat(((CodecException) e).code()).isEqualTo(RejectionCode.TOO_LARGE));
        assertThatThrownBy(() -> OperationJson.parse(text.getBytes(StandardCharsets.UTF_8), bytes - 1))
            .isInstanceOf(CodecException.class);
    }

    @Test
    void shouldRefuseDeepNestingAndEndlessNumbers() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> OperationJson.parse(deep, 1_000_000)).isInstanceOf(CodecException.class);
        String number = "{\"a\":" + "9".repeat(500_000) + "}";
        assertThatThrownBy(() -> OperationJson.parse(number, 1_000_000)).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldCarryCodeAndStatusWhenAProblemIsWritten() {
        assertThat(ProblemJson.of(ErrorCatalogue.of(RejectionCode.PATH_TAKEN), "path a is taken")).hasToString(
            ("{'type':'urn:heddle:error:PATH_TAKEN','title':'Another file holds that path.','status':409,"
                + "'detail':'path a is taken','code':'PATH_TAKEN','retriable':false}").replace('\'', '"'));
    }
}
