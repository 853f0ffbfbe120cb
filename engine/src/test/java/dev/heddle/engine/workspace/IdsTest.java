package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdsTest {

    private static final String ID = "0a9FAf19-4000-8abc-9def-0123456789aB";
    private static final String FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /** Every place, every character next to the allowed ones. */
    @Test
    void shouldTakeExactlyTheUsualFormOfAUuid() {
        for (int place = 0; place < ID.length(); place++) {
            for (char unit : "/0189:@AFG`afg-_ é\uD83D".toCharArray()) {
                String id = ID.substring(0, place) + unit + ID.substring(place + 1);
                assertThat(Ids.isUuid(id)).as(id).isEqualTo(id.matches(FORM));
            }
        }
        assertThat(Ids.isUuid(ID)).isTrue();
        for (String other : new String[] {"", ID.substring(1), ID + "0", ID.replace("-", "")}) {
            assertThat(Ids.isUuid(other)).as(other).isFalse();
        }
    }

    @Test
    void shouldShowNoMoreThanAnIdAndNothingThatHarmsATerminal() {
        assertThat(Ids.shown(ID)).isEqualTo(ID);
        assertThat(Ids.shown(ID + "x")).isEqualTo(ID + "…");
        assertThat(Ids.shown("a\u001B[2J\n\uD83D")).isEqualTo("a\uFFFD[2J\uFFFD\uFFFD");
        assertThat(Ids.shown("")).isEmpty();
    }

    @Test
    void shouldGiveTheSameFileIdOnlyToTheSameCreate() {
        String id = Ids.ofCreate(Workbench.ALICE, 1);
        assertThat(Ids.isUuid(id)).isTrue();
        assertThat(Ids.ofCreate(Workbench.ALICE, 1)).isEqualTo(id);
        assertThat(Ids.ofCreate(Workbench.ALICE, 2)).isNotEqualTo(id);
        assertThat(Ids.ofCreate(Workbench.BOB, 1)).isNotEqualTo(id);
    }
}
