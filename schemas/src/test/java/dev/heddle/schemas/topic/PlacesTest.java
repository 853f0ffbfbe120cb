package dev.heddle.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Place;
import dev.heddle.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

    @Test
    void shouldNameBothTopicsOfAWorkspaceWhenAskedByPlace() {
        int shard = Shards.of("poems", 4);
        assertThat(Topics.opsTopic("poems", 4, PlaceKind.OWN)).isEqualTo(Topics.opsTopic("poems", 4));
        assertThat(Topics.opsTopic("poems", 4, PlaceKind.SHARED)).isEqualTo("heddle.ops." + Shards.digits(shard));
        for (PlaceKind kind : PlaceKind.values()) {
            assertThat(PlaceKind.of(Topics.opsTopic("poems", 4, kind))).isEqualTo(kind);
            assertThat(PlaceKind.parse(kind.text())).isEqualTo(kind);
            assertThat(Topics.ops("poems", 4, kind).name()).isEqualTo(Topics.opsTopic("poems", 4, kind));
            assertThat(Topics.ops("poems", 4, kind).partitions()).isEqualTo(1);
        }
        assertThatThrownBy(() -> PlaceKind.parse("Own")).hasMessage("place: Own (expected: own or shared)");
    }

    @Test
    void shouldBeTheOffsetItselfWhenALogWasNeverMoved() {
        assertThat(LogPosition.of(0, 123_456_789L)).isEqualTo(123_456_789L);
        assertThat(LogPosition.text(12)).isEqualTo("12");
    }

    @Test
    void shouldAscendOverPartsWhenALogWasMoved() {
        long last = LogPosition.of(0, (1L << 44) - 1);
        long next = LogPosition.of(1, 0);
        assertThat(next).isGreaterThan(last);
        long largest = LogPosition.of(LogPosition.PARTS_MAX - 1, (1L << 44) - 1);
        assertThat((long) (double) largest).isEqualTo(largest);
        assertThat(LogPosition.part(largest)).isEqualTo(LogPosition.PARTS_MAX - 1);
        assertThat(LogPosition.offset(largest)).isEqualTo((1L << 44) - 1);
        assertThat(LogPosition.text(LogPosition.of(2, 7))).isEqualTo("2:7");
        assertThatThrownBy(() -> LogPosition.of(LogPosition.PARTS_MAX, 0)).hasMessageContaining("of part 512");
        assertThatThrownBy(() -> LogPosition.of(0, 1L << 44)).hasMessageContaining("expected: 0 to");
    }

    @Test
    void shouldListThePartsInOrderWhenAWorkspaceWasMoved() {
        Workspace never = new Workspace("w", 1, "heddle.ops.01.w", Map.of(), 0L, List.of());
        assertThat(LogPart.of(never)).containsExactly(new LogPart(0, "heddle.ops.01.w", 0, Long.MAX_VALUE));
        Workspace moved = new Workspace("w", 1, "heddle.ops.01", Map.of(), 0L,
            List.of(new Place("heddle.ops.01.w", 0L, 9L), new Place("heddle.ops.01", 70L, null)));
        List<LogPart> parts = LogPart.of(moved);
        assertThat(parts).extracting(LogPart::open, LogPart::shared).containsExactly(
            org.assertj.core.groups.Tuple.tuple(false, false), org.assertj.core.groups.Tuple.tuple(true, true));
        LogPart second = parts.get(1);
        assertThat(second.position(71)).isEqualTo(LogPosition.of(1, 71));
        assertThat(second.offsetFrom(5)).isEqualTo(70);
        assertThat(second.offsetFrom(second.position(80))).isEqualTo(80);
        assertThat(parts.get(0).offsetFrom(second.position(80))).isEqualTo(Long.MAX_VALUE);
        assertThat(parts.get(0).offsetFrom(5)).isEqualTo(5);
    }
}
