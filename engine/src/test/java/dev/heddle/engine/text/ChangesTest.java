package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static void refused(RejectionCode code, String message, int length, Change... changes) {
        assertThatThrownBy(() -> Changes.toOperation(List.of(changes), length))
            .isInstanceOfSatisfying(RejectionException.class, e -> assertThat(e.code()).isEqualTo(code))
            .hasMessage(message);
    }

    @Test
    void shouldNameThePositionWhenOutOfRange() {
        refused(RejectionCode.OUT_OF_RANGE, "position 12 is outside text of length 10", 10, new Change(12, 0, "x"));
        refused(RejectionCode.OUT_OF_RANGE, "delete of 3 at position 8 reaches outside text of length 10", 10,
            new Change(8, 3, ""));
        refused(RejectionCode.OUT_OF_RANGE, "delete of 2147483647 at position 8 reaches outside text of length 10", 10,
            new Change(8, Integer.MAX_VALUE, ""));
        assertThat(Changes.toOperation(List.of(new Change(10, 0, "x")), 10).targetLength()).isEqualTo(11);
        assertThat(Changes.toOperation(List.of(new Change(0, 10, "")), 10).targetLength()).isZero();
    }

    @Test
    void shouldNameTheChangeWhenNotAscending() {
        refused(RejectionCode.BAD_REQUEST,
            "change 1 at position 2 starts before position 4, the end of the change before it"
                + " (expected: ascending changes)",
            10, new Change(1, 3, ""), new Change(2, 1, ""));
        refused(RejectionCode.BAD_REQUEST, "change 0 has position -1 and delete 0 (expected: neither negative)", 10,
            new Change(-1, 0, "x"));
        refused(RejectionCode.BAD_REQUEST, "change 0 has position 1 and delete -1 (expected: neither negative)", 10,
            new Change(1, -1, "x"));
        assertThat(Changes.toOperation(List.of(new Change(1, 3, ""), new Change(4, 1, "")), 10))
            .isEqualTo(TextOperation.on(10).retain(1).delete(4).build());
    }

    @Test
    void shouldRefuseTheTextWhenMalformed() {
        refused(RejectionCode.TEXT_MALFORMED, "inserted text of change 0 holds the lone surrogate U+D83D at UTF-16"
            + " position 1 (expected: well-formed Unicode)", 10, new Change(0, 0, "a\uD83D"));
    }

    @Test
    void shouldComeToNothingWhenChangesAreEmpty() {
        assertThat(Changes.toOperation(List.of(new Change(3, 0, "")), 10).isNoop()).isTrue();
        assertThat(Changes.toOperation(List.of(), 10)).isEqualTo(TextOperation.noop(10));
        assertThat(Changes.toChanges(TextOperation.noop(10), null)).isEmpty();
    }

    @Test
    void shouldRefuseBytesWhenTheyAreNoSkeleton() {
        assertThatIllegalArgumentException().isThrownBy(() -> Skeleton.ofBytes(new byte[7]));
        for (int[] bad : new int[][] {{-1, 0}, {3, 1}, {3, 2, 4}, {3, 1, 4 << 2}, {3, 1, 4 << 2 | 3}, {3, -1},
            {9, 2, 0x7FFFFFF1, 5}}) {
            ByteBuffer bytes = ByteBuffer.allocate(bad.length * Integer.BYTES);
            for (int each : bad) {
                bytes.putInt(each);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> Skeleton.ofBytes(bytes.array()));
        }
    }

    @Test
    void shouldRefuseStepsWhenTheyLeaveTheText() {
        assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.on(2).retain(3));
        assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.on(2).retain(1).delete(2));
        assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.on(2).delete(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.on(-1));
        TextOperation operation = TextOperation.on(2).insert("a").insert("b").retain(1).insert("c").build();
        assertThat(operation).hasToString("2->5 [I\"ab\" R1 I\"c\"]");
        assertThatIllegalArgumentException().isThrownBy(() -> operation.moved(Skeleton.noop(2)));
    }
}
