package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.text.Change;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    @Test
    void shouldTurnDescendingPatchesIntoAscendingChanges() {
        var transaction = new Trace.Transaction(List.of(new Trace.Patch(5, 1, "b"), new Trace.Patch(2, 0, "a")));

        assertThat(transaction.changes()).containsExactly(new Change(2, 0, "a"), new Change(5, 1, "b"));
    }

    @Test
    void shouldRefusePatchesThatOverlap() {
        var transaction = new Trace.Transaction(List.of(new Trace.Patch(3, 1, ""), new Trace.Patch(2, 2, "")));

        assertThatThrownBy(transaction::changes).hasMessageContaining("position 3");
    }

    @Test
    void shouldComputeTheEndContentOfAPart() {
        var trace = new Trace("t", List.of(
            new Trace.Transaction(List.of(new Trace.Patch(0, 0, "a😀c"))),
            new Trace.Transaction(List.of(new Trace.Patch(1, 1, "b"))),
            new Trace.Transaction(List.of(new Trace.Patch(0, 3, "")))), "");

        assertThat(trace.first(2).endContent()).isEqualTo("abc");
        assertThat(trace.first(3).endContent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "friendsforever_flat", "rustcode"})
    void shouldEndInTheEndContentWhenReplayed(String name) {
        Trace trace = Traces.sequential(name);

        assertThat(trace.first(Integer.MAX_VALUE).endContent()).isEqualTo(trace.endContent());
        assertThat(trace.transactions()).allSatisfy(each ->
            assertThat(each.changes()).hasSameSizeAs(each.patches()));
    }
}
