package dev.heddle.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Anchor;
import dev.heddle.CanonicalOp;
import dev.heddle.Change;
import dev.heddle.ClientOp;
import dev.heddle.Create;
import dev.heddle.Delete;
import dev.heddle.Edit;
import dev.heddle.Noop;
import dev.heddle.Occurrence;
import dev.heddle.Rejection;
import dev.heddle.Rename;
import dev.heddle.Replace;
import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Hash;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.schemas.Generator;
import dev.heddle.schemas.Seeds;
import dev.heddle.schemas.json.OperationJson;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationCodecTest {

    private static final int CASES = 10_000;
    private static final String SESSION = "123e4567-e89b-12d3-a456-426614174000";

    @Test
    void shouldGiveBackTheSameSubmissionWhenItWentThroughAvro() {
        Generator generator = new Generator(Seeds.random("submissions through Avro"));
        for (int i = 0; i < CASES; i++) {
            Submission submission = generator.submission();
            ClientOp record = OperationCodec.clientOp(submission);
            assertThat(OperationCodec.submission(record, submission.sourceOffset(), submission.timeMs()))
                .isEqualTo(submission);
        }
    }

    @Test
    void shouldGiveBackTheSameCanonicalOperationWhenItWentThroughAvro() {
        Generator generator = new Generator(Seeds.random("canonical operations through Avro"));
        for (int i = 0; i < CASES; i++) {
            CanonicalOperation operation = generator.canonical();
            CanonicalOp record = OperationCodec.canonicalOp(operation);
            assertThat(OperationCodec.canonical(record)).isEqualTo(operation);
            assertThat(OperationCodec.canonical(record)).as("reading does not use the record up").isEqualTo(operation);
        }
    }

    @Test
    void shouldGiveBackTheSameRejectionWhenItWentThroughAvro() {
        Generator generator = new Generator(Seeds.random("rejections through Avro"));
        for (int i = 0; i < CASES; i++) {
            RejectedOperation rejected = generator.rejected();
            assertThat(OperationCodec.rejected(OperationCodec.rejection(rejected))).isEqualTo(rejected);
        }
    }

    @Test
    void shouldAgreeWithJsonWhenOperationsGoThroughBoth() {
        Generator generator = new Generator(Seeds.random("operations through Avro and JSON"));
        for (int i = 0; i < CASES; i++) {
            Operation submitted = generator.submitted();
            Operation viaAvro = AvroOperations.toEngine(AvroOperations.toAvro(submitted));
            String text = OperationJson.json(viaAvro).toString();
            assertThat(OperationJson.submitted(OperationJson.parse(text, Integer.MAX_VALUE))).isEqualTo(submitted);
            Operation canonical = generator.canonicalOperation();
            String message = OperationJson.json(canonical).toString();
            assertThat(AvroOperations.toEngine(AvroOperations.toAvro(
                OperationJson.operation(OperationJson.parse(message, Integer.MAX_VALUE))))).isEqualTo(canonical);
        }
    }

    private static ClientOp op(Object op) {
        return new ClientOp(SESSION, 1L, 0L, null, null, op, null);
    }

    private static void assertBad(ClientOp record, String message) {
        assertThatThrownBy(() -> OperationCodec.submission(record, 0, 0)).isInstanceOf(CodecException.class)
            .hasMessageContaining(message)
            .satisfies(error -> assertThat(((CodecException) error).code()).isEqualTo(RejectionCode.BAD_REQUEST));
    }

    @Test
    void shouldNameFieldValueAndRuleWhenASubmittedRecordIsNotOfTheForm() {
        Noop noop = new Noop();
        for (String session : Arrays.asList(null, "", "me", "123e4567-e89b-12d3-a456-42661417400", "1-1-1-1-1",
            SESSION + "\n", "g23e4567-e89b-12d3-a456-426614174000")) {
            assertBad(new ClientOp(session, 1L, 0L, null, null, noop, null),
                "session: " + session + " (expected: a UUID");
        }
        assertBad(new ClientOp(SESSION, 0L, 0L, null, null, noop, null), "seq: 0 (expected: at least 1)");
        assertBad(new ClientOp(SESSION, 1L, -1L, null, null, noop, null), "base: -1 (expected: at least 0)");
        assertBad(new ClientOp(SESSION, 1L, 0L, 0L, null, noop, null), "after: 0 (expected: at least 1)");
        assertBad(op(null), "op: null (expected: Edit, Replace, Create, Rename, Delete or Noop)");
        assertBad(op("text"), "op: String (expected: Edit");
        assertBad(op(new Delete(null, null)), "file and path: both absent (expected: exactly one of them)");
        assertBad(op(new Delete("F", "p")), "file and path: both present, F and p");
        assertBad(op(new Edit(null, null, List.of(), null)), "both absent");
        assertBad(op(new Edit("F", null, null, null)), "changes: null (expected: a value)");
        assertBad(op(new Edit("F", null, Arrays.asList((Change) null), null)), "changes: null");
        assertBad(op(new Edit("F", null, List.of(new Change(0, 0, null, null)), null)), "insert: null");
        assertBad(op(new Edit("F", null, List.of(new Change(0, 1, "", "x")), null)), "deleted: present");
        assertBad(op(new Edit("F", null, List.of(), new Anchor("a", "b", Occurrence.only))), "anchor: present");
        assertBad(op(new Replace("F", null, null, "x", Occurrence.all)), "find: null");
        assertBad(op(new Replace("F", null, "x", null, Occurrence.all)), "with: null");
        assertBad(op(new Replace("F", null, "x", "y", null)), "occurrence: null");
        assertBad(op(new Create(null, "", null)), "path: null");
        assertBad(op(new Create("p", null, null)), "text: null");
        assertBad(op(new Rename("F", null, null)), "to: null");
        assertBad(op(new Rename("x".repeat(5000), "p", "q")), "of length 5000");
    }

    @Test
    void shouldRefuseToWriteWhatItWouldNotRead() {
        Operation.Edit undo = new Operation.Edit(FileReference.ofFile("F"),
            List.of(new dev.heddle.engine.text.Change(0, 1, "", "x")));
        assertThatThrownBy(() -> OperationCodec.clientOp(new Submission(SESSION, 1, 0, null, null, undo, 0, 0)))
            .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> OperationCodec.clientOp(new Submission("me", 1, 0, null, null, new Operation.Noop(), 0,
            0))).isInstanceOf(CodecException.class);
    }

    private static CanonicalOp canonical(Object op, byte[] hash) {
        return new CanonicalOp("w", 1L, null, null, "a", SESSION, 1L, 0L, null, 0L, 0L, op,
            ByteBuffer.wrap(new byte[Hash.LENGTH_BYTES]), hash == null ? null : ByteBuffer.wrap(hash), null);
    }

    @Test
    void shouldNameFieldValueAndRuleWhenACanonicalRecordIsNotOfTheForm() {
        byte[] hash = new byte[Hash.LENGTH_BYTES];
        assertThat(OperationCodec.canonical(canonical(new Noop(), hash)).version()).isEqualTo(1);
        assertThatThrownBy(() -> OperationCodec.canonical(canonical(new Noop(), new byte[31])))
            .isInstanceOf(CodecException.class).hasMessage("hash: 31 bytes (expected: 32 bytes)");
        assertThatThrownBy(() -> OperationCodec.canonical(canonical(new Noop(), null)))
            .isInstanceOf(CodecException.class).hasMessageContaining("hash: null");
        assertThatThrownBy(() -> OperationCodec.canonical(canonical(
            new Replace("F", null, "x", "y", Occurrence.all), hash)))
            .isInstanceOf(CodecException.class).hasMessageContaining("op: replace");
        assertThatThrownBy(() -> OperationCodec.canonical(canonical(new Delete(null, "p"), hash)))
            .isInstanceOf(CodecException.class).hasMessageContaining("path: p (expected: absent; canonical");
    }

    @Test
    void shouldKeepWhatItSaysWhenARejectionsCodeIsNewerThanThisProgram() {
        Rejection retriable = new Rejection("w", SESSION, 1L, "TOO_WINDY", "wait", true, 1L, null, 0L, 0L);
        assertThat(OperationCodec.rejected(retriable).code()).isEqualTo(RejectionCode.UNAVAILABLE);
        assertThat(OperationCodec.rejected(retriable).message()).isEqualTo("TOO_WINDY: wait");
        Rejection last = new Rejection("w", SESSION, 1L, "TOO_ROUND", "no", false, 1L, null, 0L, 0L);
        assertThat(OperationCodec.rejected(last).code()).isEqualTo(RejectionCode.BAD_REQUEST);
    }
}
