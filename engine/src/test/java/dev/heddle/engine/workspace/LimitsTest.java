package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static Map<String, Consumer<Limits.Builder>> zeroes() {
        Map<String, Consumer<Limits.Builder>> zeroes = new LinkedHashMap<>();
        zeroes.put("fileCodePointsMax", limits -> limits.fileCodePointsMax(0));
        zeroes.put("workspaceCodePointsMax", limits -> limits.workspaceCodePointsMax(0));
        zeroes.put("filesMax", limits -> limits.filesMax(0));
        zeroes.put("fileIdsMax", limits -> limits.fileIdsMax(0));
        zeroes.put("operationCodePointsMax", limits -> limits.operationCodePointsMax(0));
        zeroes.put("changesMax", limits -> limits.changesMax(0));
        zeroes.put("authorCodePointsMax", limits -> limits.authorCodePointsMax(0));
        zeroes.put("historyVersionsMax", limits -> limits.historyVersionsMax(0));
        zeroes.put("historyVersionsHot", limits -> limits.historyVersionsHot(0));
        zeroes.put("sessionsMax", limits -> limits.sessionsMax(0));
        zeroes.put("answersPerSessionMax", limits -> limits.answersPerSessionMax(0));
        zeroes.put("sessionEntriesMax", limits -> limits.sessionEntriesMax(0));
        zeroes.put("chainOperationsMax", limits -> limits.chainOperationsMax(0));
        return zeroes;
    }

    @Test
    void shouldNameTheLimitWhenItIsZero() {
        assertThat(zeroes()).hasSize(Limits.class.getRecordComponents().length);
        zeroes().forEach((name, zero) -> {
            Limits.Builder builder = Limits.builder();
            zero.accept(builder);
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(name + ": 0 (");
        });
    }

    /** What a position, an index or a table can hold decides; above it the machine, not the limit, would fail. */
    @Test
    void shouldTakeEachLimitUpToWhatTheEngineCanHold() {
        Map<BiFunction<Limits.Builder, Integer, Limits.Builder>, Integer> most = new LinkedHashMap<>();
        most.put(Limits.Builder::fileCodePointsMax, (1 << 28) - 1);
        most.put(Limits.Builder::operationCodePointsMax, (1 << 28) - 1);
        most.put(Limits.Builder::historyVersionsHot, 1 << 24);
        most.put(Limits.Builder::sessionsMax, 1 << 24);
        most.put(Limits.Builder::answersPerSessionMax, 1 << 20);
        most.forEach((limit, max) -> {
            limit.apply(Limits.builder(), 1).build();
            limit.apply(Limits.builder(), max).build();
            assertThatIllegalArgumentException().isThrownBy(() -> limit.apply(Limits.builder(), max + 1).build())
                .withMessageContaining(": " + (max + 1) + " (expected: 1 to " + max + ")");
        });
        assertThat(Limits.builder().workspaceCodePointsMax(Long.MAX_VALUE).filesMax(Integer.MAX_VALUE)
            .fileIdsMax(Integer.MAX_VALUE).changesMax(Integer.MAX_VALUE).authorCodePointsMax(Integer.MAX_VALUE)
            .historyVersionsMax(Integer.MAX_VALUE).sessionEntriesMax(Integer.MAX_VALUE)
            .chainOperationsMax(Integer.MAX_VALUE).build().workspaceCodePointsMax()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTakeWhatIsAllowedAndNoMore() {
        assertThat(Limits.builder().filesMax(1).sessionsMax(1 << 24).build().sessionsMax()).isEqualTo(1 << 24);
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.builder().sessionsMax((1 << 24) + 1).build())
            .withMessage("sessionsMax: 16777217 (expected: 1 to 16777216)");
        assertThat(Limits.builder().build()).isEqualTo(Limits.DEFAULT).isEqualTo(Limits.DEFAULT.toBuilder().build());
    }
}
