package dev.heddle.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.schemas.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesAndKeysTest {

    @Test
    void shouldAllowExactlyTheNamesOfTheRule() {
        for (String name : List.of("a", "0", "demo", "a-b", "a--", "0123456789", "a".repeat(63))) {
            assertThat(WorkspaceNames.valid(name)).as(name).isTrue();
            assertThat(WorkspaceNames.check(name)).isEqualTo(name);
        }
        for (String name : Arrays.asList(null, "", "-a", "A", "a.b", "a_b", "a/b", "a b", "ä", "a\n", "..",
            "a".repeat(64), "x".repeat(10_000))) {
            assertThat(WorkspaceNames.valid(name)).as(name).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> WorkspaceNames.check(name))
                .withMessageContaining("(expected: [a-z0-9][a-z0-9-]{0,62})")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
        }
    }

    /** Computed by another program and fixed: another result would move workspaces to other shards. */
    @Test
    void shouldPutWorkspacesWhereTheyHaveAlwaysBeen() {
        assertThat(List.of("demo", "a", "heddle", "workspace-1", "z".repeat(63)).stream()
            .map(name -> Shards.of(name, 4)).toList()).isEqualTo(List.of(3, 0, 1, 2, 0));
        assertThat(Shards.of("demo", 100)).isEqualTo(11);
        assertThat(Shards.of("demo", 1)).isZero();
    }

    @Test
    void shouldSpreadWorkspacesOverAllShards() {
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[Shards.of("workspace-" + i, 10)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(800, 1_200);
        }
    }

    @Test
    void shouldRefuseShardsThatTwoDigitsCannotHold() {
        assertThat(Shards.digits(0)).isEqualTo("00");
        assertThat(Shards.digits(7)).isEqualTo("07");
        assertThat(Shards.digits(99)).isEqualTo("99");
        for (int shard : new int[] {-1, 100}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Shards.digits(shard));
        }
        for (int shards : new int[] {0, -1, 101}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Shards.of("demo", shards));
        }
    }

    @Test
    void shouldReadBackTheNameOfAnOpsTopic() {
        Random random = Seeds.random("ops topics");
        for (int i = 0; i < 1_000; i++) {
            String workspace = "w" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
            int shards = 1 + random.nextInt(Shards.MAX);
            String topic = Topics.opsTopic(workspace, shards);
            int shard = Shards.of(workspace, shards);
            assertThat(Topics.parseOps(topic)).contains(new OpsTopic(shard, workspace));
            assertThat(Topics.opsPattern(shard).matcher(topic).matches()).isTrue();
            assertThat(Topics.opsPattern((shard + 1) % Shards.MAX).matcher(topic).matches()).isFalse();
        }
        for (String other : List.of("heddle.canonical", "heddle.ops.1.demo", "heddle.ops.01.", "heddle.ops.01.A",
            "xheddle.ops.01.demo", "heddle.ops.01.demo.x", "heddlexops.01.demo")) {
            assertThat(Topics.parseOps(other)).as(other).isEmpty();
            assertThat(Topics.opsPattern(1).matcher(other).matches()).as(other).isFalse();
        }
    }

    @Test
    void shouldReadBackCanonicalKeysAndKeepTheirOrder() {
        assertThat(CanonicalKeys.format("demo", 42)).isEqualTo("demo/00000000000000000042");
        assertThat(CanonicalKeys.format("demo", Long.MAX_VALUE)).isEqualTo("demo/09223372036854775807");
        String before = "";
        for (long version : new long[] {1, 2, 9, 10, 99, 1_000_000_000_000L, Long.MAX_VALUE}) {
            String key = CanonicalKeys.format("demo", version);
            assertThat(key).isGreaterThan(before);
            assertThat(CanonicalKeys.parse(key)).isEqualTo(new CanonicalKey("demo", version)).hasToString(key);
            before = key;
        }
        for (String wrong : Arrays.asList(null, "", "demo", "demo/", "demo/42", "demo/00000000000000000000",
            "demo/99999999999999999999", "Demo/00000000000000000042", "demo/0000000000000000004x",
            "demo/00000000000000000042\n", "demo/-0000000000000000042")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> CanonicalKeys.parse(wrong))
                .withMessageContaining("canonical key: " + wrong);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalKeys.format("demo", 0));
    }

    @Test
    void shouldReadBackKeysWithinAWorkspace() {
        assertThat(WorkspaceKeys.parse(WorkspaceKeys.format("demo", "some/id"))).isEqualTo(
            new WorkspaceKey("demo", "some/id")).hasToString("demo/some/id");
        for (String wrong : Arrays.asList(null, "", "demo", "demo/", "/x", "Demo/x")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> WorkspaceKeys.parse(wrong));
        }
    }
}
