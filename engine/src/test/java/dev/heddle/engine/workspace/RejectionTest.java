package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.text.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every code the engine can give, with its message. */
class RejectionTest {

    private static final FileReference A = FileReference.ofPath("src/a.rs");

    private static void refused(RejectedOperation rejection, RejectionCode code, String message) {
        assertThat(rejection.message()).isEqualTo(message);
        assertThat(rejection.code()).isEqualTo(code);
    }

    /** A workbench at version 41 with {@code src/a.rs} of length 10. */
    private static Workbench at41() {
        Workbench bench = Workbench.withFile("0123456789");
        while (bench.version() < 41) {
            bench.accept(Workbench.session(8), bench.version(), new Operation.Noop());
        }
        return bench;
    }

    @Test
    void shouldNamePositionFileLengthAndVersionWhenOutOfRange() {
        Workbench bench = at41();
        refused(bench.reject(Workbench.ALICE, 41, Workbench.insert(12, "x")), RejectionCode.OUT_OF_RANGE,
            "position 12 is outside file src/a.rs of length 10 at version 41");
        refused(bench.reject(Workbench.ALICE, 30, Workbench.delete(9, 2)), RejectionCode.OUT_OF_RANGE,
            "delete of 2 at position 9 reaches outside file src/a.rs of length 10 at version 30");
        RejectedOperation rejection = bench.reject(Workbench.BOB, 41, Workbench.insert(-1, "x"));
        refused(rejection, RejectionCode.BAD_REQUEST,
            "change 0 has position -1 and delete 0 (expected: neither negative)");
        assertThat(rejection).isEqualTo(new RejectedOperation("demo", Workbench.BOB, 1, RejectionCode.BAD_REQUEST,
            rejection.message(), 41, null, 43, 1043));
    }

    @Test
    void shouldNameTheLengthAtTheBaseWhenTheFileHasGrownSince() {
        Workbench bench = at41();
        bench.accept(Workbench.BOB, 41, Workbench.insert(0, "abc"));
        bench.accept(Workbench.BOB, 42, Workbench.insert(0, "def"));
        refused(bench.reject(Workbench.ALICE, 42, Workbench.insert(14, "x")), RejectionCode.OUT_OF_RANGE,
            "position 14 is outside file src/a.rs of length 13 at version 42");
        bench.accept(Workbench.ALICE, 43, Workbench.insert(16, "x"));
        bench.accept(Workbench.ALICE, 41, Workbench.insert(10, "y"));
        assertThat(bench.text()).isEqualTo("defabc0123456789yx");
    }

    @Test
    void shouldNameTheBaseWhenOutsideTheHistory() {
        Workbench bench = Workbench.withFile("", Limits.builder().historyVersionsMax(5).build());
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Noop()), RejectionCode.BASE_IN_FUTURE,
            "base 2 is newer than version 1, the newest of workspace demo");
        for (int count = 0; count < 7; count++) {
            bench.accept(Workbench.BOB, bench.version(), new Operation.Noop());
        }
        assertThat(bench.state.oldestBase()).isEqualTo(3);
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Noop()), RejectionCode.BASE_TOO_OLD,
            "base 2 is older than version 3, the oldest that an operation may stand on at version 8");
        refused(bench.reject(Workbench.ALICE, -1, new Operation.Noop()), RejectionCode.BAD_REQUEST,
            "base -1 (expected: at least 0)");
        bench.accept(Workbench.ALICE, 3, new Operation.Noop());
    }

    @Test
    void shouldNameTheFileWhenUnknownOrDeleted() {
        Workbench bench = at41();
        String other = Workbench.file(2);
        refused(bench.reject(Workbench.ALICE, 41, new Operation.Delete(FileReference.ofFile(other))),
            RejectionCode.UNKNOWN_FILE, "no file " + other + " at version 41");
        refused(bench.reject(Workbench.ALICE, 41, new Operation.Delete(FileReference.ofPath("b"))),
            RejectionCode.UNKNOWN_FILE, "no file at path b at version 41");
        refused(bench.reject(Workbench.ALICE, 0, new Operation.Delete(A)), RejectionCode.UNKNOWN_FILE,
            "no file at path src/a.rs at version 0");
        refused(bench.reject(Workbench.ALICE, 0, new Operation.Delete(Workbench.byId())), RejectionCode.UNKNOWN_FILE,
            "no file " + Workbench.FILE + " at version 0");
        refused(bench.reject(Workbench.ALICE, 41, new Operation.Delete(FileReference.ofPath("../b"))),
            RejectionCode.PATH_INVALID,
            "path ../b has the segment \"..\" (expected: relative, no empty, \".\" or \"..\" segment)");
        bench.accept(Workbench.BOB, 41, new Operation.Delete(A));
        for (FileReference target : List.of(A, Workbench.byId())) {
            refused(bench.reject(Workbench.ALICE, 41, new Operation.Edit(target, List.of())),
                RejectionCode.FILE_DELETED, "file src/a.rs (" + Workbench.FILE + ") was deleted at version 42");
        }
        refused(bench.reject(Workbench.ALICE, 42, new Operation.Delete(A)), RejectionCode.UNKNOWN_FILE,
            "no file at path src/a.rs at version 42");
        // The path is free again, for another file.
        bench.accept(Workbench.ALICE, 42, new Operation.Create("src/a.rs", "new", other));
        assertThat(bench.state.image().fileAt("src/a.rs").orElseThrow().file()).isEqualTo(other);
    }

    @Test
    void shouldNameThePathWhenTakenOrInvalid() {
        Workbench bench = at41();
        refused(bench.reject(Workbench.ALICE, 41, new Operation.Create("src/a.rs", "", null)), RejectionCode.PATH_TAKEN,
            "path src/a.rs is taken by file " + Workbench.FILE + " at version 41 (expected: a free path)");
        CanonicalOperation created = bench.accept(Workbench.ALICE, 41, new Operation.Create("b", "", null));
        Operation rename = new Operation.Rename(FileReference.ofFile(created.file()), "src/a.rs");
        refused(bench.reject(Workbench.ALICE, 42, rename), RejectionCode.PATH_TAKEN,
            "path src/a.rs is taken by file " + Workbench.FILE + " at version 42 (expected: a free path)");
        refused(bench.reject(Workbench.ALICE, 42, new Operation.Create("/b", "", null)), RejectionCode.PATH_INVALID,
            "path /b has the segment \"\" (expected: relative, no empty, \".\" or \"..\" segment)");
        refused(bench.reject(Workbench.ALICE, 42, new Operation.Create("c", "", Workbench.FILE)),
            RejectionCode.BAD_REQUEST,
            "file id " + Workbench.FILE + " is that of file src/a.rs (expected: an id never used)");
        refused(bench.reject(Workbench.ALICE, 42, new Operation.Create("c", "", "my-file\n")),
            RejectionCode.BAD_REQUEST, "file id my-file\uFFFD (expected: a UUID in its 36-character form)");
    }

    @Test
    void shouldNameTheTextWhenMalformed() {
        Workbench bench = at41();
        String rule = " holds the lone surrogate U+D83D at UTF-16 position 1 (expected: well-formed Unicode)";
        refused(bench.reject(Workbench.ALICE, 41, Workbench.insert(0, "x\uD83D")), RejectionCode.TEXT_MALFORMED,
            "inserted text of change 0" + rule);
        refused(bench.reject(Workbench.ALICE, 41, new Operation.Create("b", "x\uD83Dy", null)),
            RejectionCode.TEXT_MALFORMED, "text of file b" + rule);
        for (Anchor anchor : List.of(new Anchor("x\uD83D", "", Anchor.Occurrence.ALL),
            new Anchor("0", "x\uD83D", Anchor.Occurrence.ALL))) {
            refused(bench.reject(Workbench.ALICE, 41, new Operation.Replace(A, anchor)), RejectionCode.TEXT_MALFORMED,
                (anchor.with().isEmpty() ? "find" : "with") + rule);
        }
        Submission named = bench.next(Workbench.BOB, 41, null, new Operation.Noop());
        refused(Workbench.rejected(bench.decide(new Submission(Workbench.BOB, 1, 41, null, "x\uD83D",
            named.operation(), 900, 0))), RejectionCode.TEXT_MALFORMED, "author's name" + rule);
    }

    @Test
    void shouldNameTheLimitWhenTooLarge() {
        Workbench bench = Workbench.withFile("01234567", Limits.builder().fileCodePointsMax(10)
            .operationCodePointsMax(8).changesMax(2).authorCodePointsMax(10).workspaceCodePointsMax(17).filesMax(2)
            .fileIdsMax(3).build());
        refused(bench.reject(Workbench.ALICE, 1, Workbench.insert(0, "abc")), RejectionCode.TOO_LARGE,
            "file src/a.rs has 11 code points (expected: at most 10)");
        bench.accept(Workbench.ALICE, 1, Workbench.insert(0, "ab"));
        refused(bench.reject(Workbench.ALICE, 2, Workbench.insert(0, "123456789")), RejectionCode.TOO_LARGE,
            "inserted text has 9 code points (expected: at most 8)");
        refused(bench.reject(Workbench.ALICE, 2, Workbench.edit(new Change(0, 5, "abcd"))), RejectionCode.TOO_LARGE,
            "text put in and taken out of file src/a.rs has 9 code points (expected: at most 8)");
        refused(bench.reject(Workbench.ALICE, 2, Workbench.edit(new Change(0, 1, ""), new Change(2, 1, ""),
            new Change(4, 1, ""))), RejectionCode.TOO_LARGE, "edit of 3 changes (expected: at most 2)");
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Create("b", "123456789", null)), RejectionCode.TOO_LARGE,
            "text of the new file has 9 code points (expected: at most 8)");
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Create("b", "12345678", null)), RejectionCode.TOO_LARGE,
            "all texts of workspace demo has 18 code points (expected: at most 17)");
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Replace(A, new Anchor("123456789", "",
            Anchor.Occurrence.ALL))), RejectionCode.TOO_LARGE,
            "text to find has 9 code points (expected: at most 8)");
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Replace(A, new Anchor("1", "123456789",
            Anchor.Occurrence.ALL))), RejectionCode.TOO_LARGE,
            "inserted text has 9 code points (expected: at most 8)");
        refused(Workbench.rejected(bench.decide(new Submission(Workbench.BOB, 1, 2, null, "twelve chars",
            new Operation.Noop(), 500, 0))), RejectionCode.TOO_LARGE,
            "author's name has 12 code points (expected: at most 10)");
    }

    @Test
    void shouldNameTheCountWhenThereAreTooManyFiles() {
        Workbench bench = Workbench.withFile("", Limits.builder().filesMax(2).fileIdsMax(3).build());
        bench.accept(Workbench.ALICE, 1, new Operation.Create("b", "", null));
        refused(bench.reject(Workbench.ALICE, 2, new Operation.Create("c", "", null)), RejectionCode.LIMIT_REACHED,
            "live files of workspace demo: 2 (expected: at most 2)");
        bench.accept(Workbench.ALICE, 2, new Operation.Delete(FileReference.ofPath("b")));
        bench.accept(Workbench.ALICE, 3, new Operation.Create("c", "", null));
        bench.accept(Workbench.ALICE, 4, new Operation.Delete(FileReference.ofPath("c")));
        refused(bench.reject(Workbench.ALICE, 5, new Operation.Create("d", "", null)), RejectionCode.LIMIT_REACHED,
            "files ever created of workspace demo: 3 (expected: at most 3)");
    }

    @Test
    void shouldAcceptWhenAnOperationComesToNothing() {
        Workbench bench = at41();
        bench.accept(Workbench.ALICE, 41, Workbench.delete(0, 2));
        CanonicalOperation again = bench.accept(Workbench.BOB, 41, Workbench.delete(0, 2));
        assertThat(again.version()).isEqualTo(43);
        assertThat(((Operation.Edit) again.operation()).changes()).isEmpty();
        CanonicalOperation renamed = bench.accept(Workbench.BOB, 43, new Operation.Rename(A, "src/a.rs"));
        assertThat(renamed.path()).isEqualTo("src/a.rs");
        CanonicalOperation nothing = bench.accept(Workbench.BOB, 44, new Operation.Noop());
        assertThat(nothing.file()).isNull();
        assertThat(nothing.path()).isNull();
        assertThat(bench.version()).isEqualTo(45);
    }

    @Test
    void shouldResolveThePathAsOfTheBaseWhenFilesMoved() {
        Workbench bench = at41();
        bench.accept(Workbench.BOB, 41, new Operation.Rename(A, "src/b.rs"));
        bench.accept(Workbench.BOB, 42, new Operation.Create("src/a.rs", "other", Workbench.file(2)));
        bench.restart();
        Operation edit = new Operation.Edit(A, List.of(new Change(0, 1, "")));
        CanonicalOperation old = bench.accept(Workbench.ALICE, 41, edit);
        assertThat(old.file()).isEqualTo(Workbench.FILE);
        assertThat(old.path()).isEqualTo("src/b.rs");
        CanonicalOperation now = bench.accept(Workbench.ALICE, 43, edit);
        assertThat(now.file()).isEqualTo(Workbench.file(2));
        refused(bench.reject(Workbench.ALICE, 42, new Operation.Delete(A)), RejectionCode.UNKNOWN_FILE,
            "no file at path src/a.rs at version 42");
    }

    @Test
    void shouldBeCompleteWhenCommitted() {
        Workbench bench = at41();
        bench.accept(Workbench.BOB, 41, Workbench.insert(0, "ab"));
        Submission submission = new Submission(Workbench.ALICE, 1, 41, null, null,
            Workbench.edit(new Change(8, 2, "x😀")), 77, 123_456);
        Decision.Accepted accepted = (Decision.Accepted) bench.decide(submission);
        CanonicalOperation operation = accepted.operation();
        assertThat(operation).isEqualTo(new CanonicalOperation("demo", 43, Workbench.FILE, "src/a.rs", "anonymous",
            Workbench.ALICE, 1, 41, null, 77, 123_456, new Operation.Edit(Workbench.byId(),
                List.of(new Change(10, 2, "x😀", "89"))), bench.read(42).hash(), operation.hash()));
        assertThat(HashChain.verify(operation)).isTrue();
        assertThat(accepted.written()).hasToString("10->10 [R8 D2 I2]");
        assertThat(bench.state.lastSourceOffset()).isEqualTo(77);
    }
}
