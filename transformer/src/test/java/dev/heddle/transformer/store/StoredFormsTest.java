package dev.heddle.transformer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.text.Text;
import dev.heddle.teststack.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormsTest {

    private static final InputStamp STAMP = new InputStamp(1_234_567_890_123L, -7);
    private static final String FILE = "4826a838-68b8-37bb-acd3-8117f43ae928";

    private final MapTable table = new MapTable();
    private final DecisionStore store = new DecisionStore(table);

    /** A table in memory. */
    private static final class MapTable implements Table {

        private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

        @Override
        public byte[] get(byte[] key) {
            return entries.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            entries.remove(key);
        }

        @Override
        public void ascending(byte[] from, byte[] to, Visitor visitor) {
            var all = entries.subMap(from, true, to, true).entrySet().iterator();
            boolean more = true;
            while (more && all.hasNext()) {
                var entry = all.next();
                more = visitor.visit(entry.getKey(), entry.getValue());
            }
        }

        @Override
        public void descending(byte[] from, byte[] to, Visitor visitor) {
            var all = entries.subMap(from, true, to, true).descendingMap().entrySet().iterator();
            boolean more = true;
            while (more && all.hasNext()) {
                var entry = all.next();
                more = visitor.visit(entry.getKey(), entry.getValue());
            }
        }
    }

    private static StoredDecision again(StoredDecision decision) {
        byte[] bytes = decision.bytes();
        StoredDecision read = StoredDecision.read(bytes);
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(read.index()).isEqualTo(decision.index());
        assertThat(read.input()).isEqualTo(decision.input());
        return read;
    }

    @Test
    void shouldReadWhatWasWrittenWhenADecisionIsStored() {
        Outcome.Committed committed = (Outcome.Committed) again(new StoredDecision(1, STAMP,
            new Outcome.Committed(9, -1, new byte[] {4, 5}, new byte[] {1, 2, 3}))).outcome();
        assertThat(committed.version()).isEqualTo(9);
        assertThat(committed.fingerprint()).isEqualTo(-1);
        assertThat(committed.written()).containsExactly(4, 5);
        assertThat(committed.canonical()).containsExactly(1, 2, 3);
        assertThat(((Outcome.Committed) again(new StoredDecision(2, STAMP,
            new Outcome.Committed(9, -1, null, new byte[0]))).outcome()).written()).isNull();

        Outcome.Refused refused = (Outcome.Refused) again(new StoredDecision(3, STAMP,
            new Outcome.Refused("sessión", true, 5, new byte[] {8}))).outcome();
        assertThat(refused.session()).isEqualTo("sessión");
        assertThat(refused.consumesSeq()).isTrue();
        assertThat(refused.rejection()).containsExactly(8);

        assertThat(again(new StoredDecision(4, STAMP, new Outcome.Repeated(77))).outcome())
            .isEqualTo(new Outcome.Repeated(77));
        assertThat(again(new StoredDecision(Long.MAX_VALUE, STAMP, new Outcome.Unreadable("why"))).outcome())
            .isEqualTo(new Outcome.Unreadable("why"));
    }

    @Test
    void shouldSayWhatIsWrongWhenBytesAreNotADecision() {
        assertThatThrownBy(() -> StoredDecision.read(new byte[0])).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> StoredDecision.read(new byte[] {9})).hasMessageContaining("format 9");
        byte[] kind = new StoredDecision(1, STAMP, new Outcome.Repeated(1)).bytes();
        kind[21] = 'x';
        assertThatThrownBy(() -> StoredDecision.read(kind)).hasMessageContaining("kind 120");
        assertThatThrownBy(() -> Manifest.read(new byte[] {1, 2})).hasMessageContaining("2 bytes");
        assertThatThrownBy(() -> new StoredDecision(0, STAMP, new Outcome.Repeated(1)))
            .hasMessageContaining("index: 0");
    }

    @Test
    void shouldTellRecordsApartWhenTimeOrValueDiffer() {
        assertThat(InputStamp.of(1, new byte[] {1})).isEqualTo(InputStamp.of(1, new byte[] {1}))
            .isNotEqualTo(InputStamp.of(2, new byte[] {1})).isNotEqualTo(InputStamp.of(1, new byte[] {2}));
        assertThat(InputStamp.of(1, null)).isEqualTo(InputStamp.of(1, new byte[0]));
    }

    @Test
    void shouldKeepDecisionsOfWorkspacesApartAndInOrderWhenNamesBeginAlike() {
        for (String name : List.of("a", "ab", "a-b")) {
            for (long offset : new long[] {300, 2, 70_000, 0}) {
                store.put(name, offset, new StoredDecision(offset + 1, STAMP, new Outcome.Repeated(name.length())));
            }
        }
        StringBuilder seen = new StringBuilder();
        store.decisions("ab", 1, 70_000, (offset, decision) -> {
            Outcome.Repeated repeated = (Outcome.Repeated) decision.outcome();
            seen.append(offset).append('/').append(repeated.originalOffset()).append(' ');
            return true;
        });

        assertThat(seen).hasToString("2/2 300/2 70000/2 ");
        assertThat(store.lastDecision("a")).isEqualTo(70_000);
        assertThat(store.lastDecision("b")).isEqualTo(-1);
        assertThat(store.decision("a", 3)).isNull();
    }

    @Test
    void shouldFindWhatTookAVersionWhenItIsStoredByItself() {
        store.put("w", 5, new StoredDecision(1, STAMP, new Outcome.Unreadable("a")));
        for (long version = 1; version <= 5; version++) {
            store.put("w", version * 10, committed(version));
        }
        store.put("w", 35, new StoredDecision(9, STAMP, new Outcome.Refused("s", true, 1, new byte[] {'a'})));

        List<LooseDecisions.Committed> found = store.committed("w", 11, 40, 9);
        assertThat(found).extracting(LooseDecisions.Committed::version).containsExactly(2L, 3L, 4L);
        assertThat(found).extracting(LooseDecisions.Committed::offset).containsExactly(20L, 30L, 40L);
        assertThat(store.committed("w", 0, 90, 2)).extracting(LooseDecisions.Committed::version)
            .containsExactly(1L, 2L);
        assertThat(store.decisionOfVersion("w", 3).bytes()).isEqualTo(committed(3).bytes());
        store.delete("w", found.get(1));
        assertThat(store.decisionOfVersion("w", 3)).isNull();
        store.put("w", 60, committed(6));
        assertThat(store.decisionOfVersion("w", 6).bytes()).isEqualTo(committed(6).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Pieces.PIECE_BYTES - 1, Pieces.PIECE_BYTES, Pieces.PIECE_BYTES + 1, 5_000_000})
    void shouldGiveBackATextOfAnyLengthOrNoneWhenAPieceIsMissing(int length) {
        Random random = Seeds.random("StoredFormsTest");
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 'a', 'z').forEach(each -> text.append((char) each));
        store.put("w", FILE, 3, Text.of(text.toString()));

        assertThat(store.text("w", FILE, 3)).hasToString(text.toString());
        assertThat(store.text("w", FILE, 2)).isNull();
        assertThat(table.entries.values()).allSatisfy(value ->
            assertThat(value.length).isLessThanOrEqualTo(Pieces.PIECE_BYTES + 8));

        byte[] missing = List.copyOf(table.entries.keySet()).get(random.nextInt(table.entries.size()));
        table.entries.remove(missing);
        assertThat(store.text("w", FILE, 3)).isNull();

        store.put("w", FILE, 3, Text.of(text.toString()));
        store.deleteText("w", FILE, 3);
        assertThat(table.entries).isEmpty();
    }

    @Test
    void shouldNotTakePiecesOfTwoWritesForOneWhenOneIsDamaged() {
        store.put("w", FILE, 3, Text.of("hello"));
        table.entries.firstEntry().getValue()[9] ^= 1;

        assertThat(store.text("w", FILE, 3)).isNull();
    }

    @Test
    void shouldListCheckpointsNewestFirstWhenTheyAreOfManyPieces() {
        for (long index : new long[] {10, 30, 20}) {
            store.put("w", new Manifest(index, index, 0, new byte[Pieces.PIECE_BYTES * 2]));
        }

        assertThat(store.checkpoints("w", Long.MAX_VALUE)).containsExactly(30L, 20L, 10L);
        assertThat(store.checkpoints("w", 29)).containsExactly(20L, 10L);
        assertThat(store.manifest("w", 20).offset()).isEqualTo(20);
        store.deleteManifest("w", 20);
        assertThat(store.checkpoints("w", Long.MAX_VALUE)).containsExactly(30L, 10L);
    }

    @Test
    void shouldRememberWhereALogIsWhenItIsStored() {
        assertThat(store.parts("w")).isEqualTo(LogParts.NONE);
        Home own = new Home("heddle.ops.01.w", 0, false);
        store.put("w", 0, own);
        assertThat(store.parts("w")).isEqualTo(LogParts.NONE.with(0, own));
        LogParts.Fence fence = new LogParts.Fence(12, 9, "heddle.ops.01");
        store.put("w", 0, fence);
        Home shared = new Home("heddle.ops.01", 77, false);
        store.put("w", 1, shared);
        LogParts moved = LogParts.NONE.with(0, own).with(fence).with(1, shared);
        assertThat(store.parts("w")).isEqualTo(moved);
        assertThat(moved.part("heddle.ops.01.w", 5)).isZero();
        assertThat(moved.part("heddle.ops.01", 76)).isEqualTo(-1);
        assertThat(moved.part("heddle.ops.01", 77)).isEqualTo(1);
        store.put("w", 1, shared.anew());
        assertThat(store.parts("w").homes().get(1).recreated()).isTrue();
    }

    private static Pack pack(long firstVersion, int count) {
        Pack.Builder builder = new Pack.Builder(firstVersion);
        for (long version = firstVersion; version < firstVersion + count; version++) {
            builder.add(version * 10, committed(version).bytes());
        }
        return builder.build();
    }

    private static StoredDecision committed(long version) {
        return new StoredDecision(version, STAMP, new Outcome.Committed(version, 0, null, new byte[] {(byte) version}));
    }

    @Test
    void shouldFindDecisionsByVersionAndOffsetWhenTheyArePacked() {
        store.put("w", pack(1, 4));
        store.put("w", pack(5, 4));
        store.put("w", 90, committed(9));

        for (long version = 1; version <= 9; version++) {
            assertThat(store.decisionOfVersion("w", version).bytes()).isEqualTo(committed(version).bytes());
            assertThat(store.decision("w", version * 10).bytes()).isEqualTo(committed(version).bytes());
        }
        assertThat(store.decisionOfVersion("w", 10)).isNull();
        assertThat(store.decisionOfVersion("other", 1)).isNull();
        assertThat(store.decision("w", 11)).isNull();
        assertThat(store.lastDecision("w")).isEqualTo(90);
        store.deleteDecision("w", 90);
        assertThat(store.lastDecision("w")).isEqualTo(80);
        assertThat(store.firstPack("w", 9)).isEqualTo(4);
        assertThat(store.firstPack("w", 3)).isEqualTo(-1);
    }

    @Test
    void shouldShowEachDecisionOnceAndInOrderWhenSomeArePackedAndSomeAreBoth() {
        store.put("w", 5, new StoredDecision(1, STAMP, new Outcome.Repeated(1)));
        store.put("w", pack(1, 4));
        store.put("w", 20, committed(2));
        store.put("w", 25, new StoredDecision(3, STAMP, new Outcome.Repeated(2)));
        store.put("w", pack(5, 2));
        store.put("w", 70, committed(7));
        StringBuilder seen = new StringBuilder();
        store.decisions("w", 10, 70, (offset, decision) -> {
            seen.append(offset).append(' ');
            return true;
        });
        assertThat(seen).hasToString("10 20 25 30 40 50 60 70 ");
        StringBuilder some = new StringBuilder();
        store.decisions("w", 0, 35, (offset, decision) -> {
            some.append(offset).append(' ');
            return offset < 25;
        });
        assertThat(some).hasToString("5 10 20 25 ");
    }

    @Test
    void shouldCountForNothingWhenOnlyHalfOfAPackIsThere() {
        store.put("w", pack(1, 4));
        byte[] pointer = table.entries.keySet().stream().filter(key -> key[2] == 'o').findFirst().orElseThrow();
        byte[] pieces = table.entries.keySet().stream().filter(key -> key[2] == 'p').findFirst().orElseThrow();
        byte[] kept = table.entries.remove(pieces);
        DecisionStore another = new DecisionStore(table);
        assertThat(another.decision("w", 10)).isNull();
        assertThat(another.decisionOfVersion("w", 1)).isNull();
        another.put("w", pack(5, 4));
        assertThat(another.decision("w", 10)).isNull();
        assertThat(another.decision("w", 50)).isNotNull();

        table.entries.put(pieces, kept);
        table.entries.remove(pointer);
        another.deletePack("w", 8);
        assertThat(another.decisionOfVersion("w", 1)).isNotNull();
        another.deletePack("w", 4);
        assertThat(table.entries).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWhenBytesAreNotAPack() {
        byte[] bytes = pack(1, 3).bytes();
        assertThat(Pack.read(bytes).bytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> Pack.read(new byte[0])).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> Pack.read(new byte[] {7})).hasMessageContaining("format 7");
        assertThatThrownBy(() -> Pack.read(Arrays.copyOf(bytes, bytes.length / 2)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("damaged");
        for (int at = 1; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x55;
            try {
                Pack.read(damaged);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("packed decisions");
            }
        }
    }
}
