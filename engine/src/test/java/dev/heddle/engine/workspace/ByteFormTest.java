package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.text.Change;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The byte form under hashes and checkpoints: big endian, lengths before contents, whatever buffer it grows in. */
class ByteFormTest {

    private static final long[] NUMBERS = {0, 1, -1, 127, 128, 255, 256, Integer.MAX_VALUE, Integer.MIN_VALUE,
        Long.MAX_VALUE, Long.MIN_VALUE, 0x0102030405060708L};

    private final List<Consumer<ByteWriter>> writes = new ArrayList<>();
    private final List<Function<ByteReader, Object>> reads = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private void add(Object value, Consumer<ByteWriter> write, Function<ByteReader, Object> read) {
        values.add(value);
        writes.add(write);
        reads.add(read);
    }

    private void draw(Choices choices) {
        long number = NUMBERS[choices.below(NUMBERS.length)];
        String text = choices.once(4) ? "a".repeat(28 + choices.below(8)) : Texts.text(choices, 9);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        switch (choices.below(7)) {
            case 0 -> add((byte) number, out -> out.putByte((int) number), ByteReader::getByte);
            case 1 -> add((int) number, out -> out.putInt((int) number), ByteReader::getInt);
            case 2 -> add(number, out -> out.putLong(number), ByteReader::getLong);
            case 3 -> add(text, out -> out.putString(text), ByteReader::getString);
            case 4 -> add(text, out -> out.putOptionalString(text), ByteReader::getOptionalString);
            case 5 -> add(null, out -> out.putOptionalString(null), ByteReader::getOptionalString);
            default -> add(ByteBuffer.wrap(bytes), out -> out.putBytes(bytes), in -> ByteBuffer.wrap(in.getBytes()));
        }
    }

    @Test
    void shouldComeBackWhenReadWhateverBufferItWasWrittenIn() {
        Property.holds(10_000, choices -> {
            ByteFormTest form = new ByteFormTest();
            for (int count = choices.below(12); count > 0; count--) {
                form.draw(choices);
            }
            ByteWriter out = new ByteWriter(choices.below(40));
            ByteWriter roomy = new ByteWriter(4_096);
            form.writes.forEach(write -> write.accept(out));
            form.writes.forEach(write -> write.accept(roomy));
            assertThat(out.toBytes()).isEqualTo(roomy.toBytes()).hasSize(out.length());
            ByteReader in = new ByteReader(out.toBytes());
            for (int index = 0; index < form.values.size(); index++) {
                assertThat(form.reads.get(index).apply(in)).isEqualTo(form.values.get(index));
            }
            in.requireEnd();
            if (out.length() > 0) {
                ByteReader cut = new ByteReader(Arrays.copyOf(out.toBytes(), out.length() - 1));
                assertThatIllegalArgumentException().isThrownBy(() -> form.reads.forEach(read -> read.apply(cut)));
            }
            out.clear();
            assertThat(out.toBytes()).isEmpty();
        });
    }

    @Test
    void shouldBeTheBytesOfThePageWhenWritten() {
        ByteWriter out = new ByteWriter(0).putByte(1).putInt(2).putLong(3).putOptionalLong(null).putOptionalLong(4L)
            .putString("aé").putOptionalString(null).putBytes(new byte[] {9}).putRaw(new byte[] {7});
        assertThat(out.toBytes()).containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4,
            0, 0, 0, 3, 'a', 0xC3, 0xA9, 0, 0, 0, 0, 1, 9, 7);
        out.setLong(5, -1);
        assertThat(Arrays.copyOfRange(out.toBytes(), 4, 14)).containsExactly(2, -1, -1, -1, -1, -1, -1, -1, -1, 0);
    }

    /** A hasher keeps what it encoded last; whatever of it comes again or not, the hash is that of a new one. */
    @Test
    void shouldHashAsANewOneWhenAHasherGoesOn() {
        Property.holds(10_000, choices -> {
            HashChain.Hasher hasher = new HashChain.Hasher();
            List<String> names = Arrays.asList(null, Workbench.FILE, Workbench.file(2));
            Hash previous = Hash.ZERO;
            for (int count = 1 + choices.below(8); count > 0; count--) {
                String file = choices.of(names);
                String text = choices.once(20) ? "é".repeat(choices.below(40_000)) : Texts.text(choices, 3);
                Operation operation = file == null || choices.below(2) == 0 ? new Operation.Noop()
                    : new Operation.Edit(FileReference.ofFile(file), List.of(new Change(0, 0, text)));
                CanonicalOperation next = new CanonicalOperation("demo" + choices.below(2), NUMBERS[choices.below(12)],
                    file, choices.of(Arrays.asList(null, "a", "b/é")), choices.of(Texts.ALPHABET),
                    Workbench.session(choices.below(2)), choices.below(3), 1, null, 2, 3, operation, previous,
                    Hash.ZERO);
                assertThat(hasher.next(previous, next)).isEqualTo(HashChain.next(previous, next));
                previous = HashChain.next(previous, next);
            }
        });
    }

    @Test
    void shouldRefuseACountThatCannotBe() {
        for (int count : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteReader in = new ByteReader(new ByteWriter(8).putInt(count).putRaw(new byte[2]).toBytes());
            assertThatIllegalArgumentException().isThrownBy(in::getCount)
                .withMessage("bytes end at 6 (expected: " + count + " more at 4)");
        }
        assertThat(new ByteReader(new ByteWriter(8).putInt(2).putRaw(new byte[2]).toBytes()).getCount()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteReader(new byte[3]).requireEnd())
            .withMessage("3 bytes too many (expected: the end)");
    }
}
