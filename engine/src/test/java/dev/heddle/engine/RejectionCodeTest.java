package dev.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionCodeTest {

    /** Numbers are permanent: a new code goes to the end, none ever changes. */
    @Test
    void shouldKeepItsNumberWhenCodesAreAdded() {
        List<String> inOrder = List.of("BAD_REQUEST", "UNKNOWN_WORKSPACE", "UNKNOWN_FILE", "FILE_DELETED",
            "PATH_INVALID", "PATH_TAKEN", "OUT_OF_RANGE", "BASE_IN_FUTURE", "BASE_TOO_OLD", "SEQ_GAP", "SEQ_REUSED",
            "PRECEDING_REJECTED", "ANCHOR_NOT_FOUND", "ANCHOR_AMBIGUOUS", "TEXT_MALFORMED", "TOO_LARGE",
            "LIMIT_REACHED", "FORBIDDEN", "UNAVAILABLE");
        for (int index = 0; index < inOrder.size(); index++) {
            assertThat(RejectionCode.valueOf(inOrder.get(index)).number()).isEqualTo(index + 1);
        }
        assertThat(RejectionCode.values()).hasSize(inOrder.size());
    }

    @Test
    void shouldSayWhetherARetryHelpsAndWhatTheRuleIs() {
        assertThat(Arrays.stream(RejectionCode.values()).filter(RejectionCode::retriable)).containsExactly(
            RejectionCode.BASE_IN_FUTURE, RejectionCode.SEQ_GAP, RejectionCode.LIMIT_REACHED,
            RejectionCode.UNAVAILABLE);
        assertThat(RejectionCode.values()).allSatisfy(code -> assertThat(code.sentence()).endsWith("."));
    }
}
