package dev.heddle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.RejectionException;
import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import dev.heddle.engine.support.Texts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TextTest {

    private static final int CASES = 10_000;

    private static String longText(Choices choices, int repeatsMax) {
        return (Texts.text(choices, 8) + "x😀").repeat(1 + choices.below(repeatsMax));
    }

    /** A plain string, edited by code point, is the model; sizes are such that chunks split and join all the time. */
    @Test
    void shouldEqualAPlainStringWhenEditedManyTimes() {
        Property.holds(CASES, choices -> {
            String model = longText(choices, choices.once(20) ? 600 : 150);
            Text text = Text.of(model);
            List<Text> versions = new ArrayList<>(List.of(text));
            List<String> models = new ArrayList<>(List.of(model));
            for (int step = 1 + choices.below(12); step > 0; step--) {
                int length = text.lengthCodePoints();
                int at = choices.below(length + 1);
                int delete = Math.min(length - at, choices.below(4) == 3 ? choices.below(3_000) : choices.below(3));
                String insert = choices.below(4) == 3 ? longText(choices, 100) : Texts.text(choices, 3);
                int from = model.offsetByCodePoints(0, at);
                int to = model.offsetByCodePoints(from, delete);
                model = model.substring(0, from) + insert + model.substring(to);
                text = text.apply(TextOperation.on(length).retain(at).delete(delete).insert(insert).build());
                versions.add(text);
                models.add(model);
            }
            for (int index = 0; index < versions.size(); index++) {
                assertThat(versions.get(index).toString()).isEqualTo(models.get(index));
                versions.get(index).checkShape();
                checkLengths(versions.get(index), models.get(index));
            }
        });
    }

    /** Large parts come, go and are put together again, so that trees of very different heights are joined. */
    @Test
    void shouldStayInShapeWhenLargePartsComeAndGo() {
        Property.holds(1_000, choices -> {
            String part = "abcdefg😀\n".repeat(4_000);
            int partLength = CodePoints.count(part);
            StringBuilder model = new StringBuilder();
            Text text = Text.EMPTY;
            for (int step = 2 + choices.below(8); step > 0; step--) {
                int length = text.lengthCodePoints();
                int at = choices.below(4) * length / 3;
                int delete = choices.below(3) == 2 ? (length - at) / (1 + choices.below(5)) : 0;
                int start = choices.below(partLength / 2);
                int end = start + (choices.below(2) == 1 ? choices.below(partLength - start) : choices.below(600));
                String insert = part.substring(part.offsetByCodePoints(0, start), part.offsetByCodePoints(0, end));
                int from = model.offsetByCodePoints(0, at);
                model.replace(from, model.offsetByCodePoints(from, delete), insert);
                text = text.apply(TextOperation.on(length).retain(at).delete(delete).insert(insert).build());
                text.checkShape();
            }
            assertThat(text.toString()).isEqualTo(model.toString());
        });
    }

    /** Edits stay near one place, as typing does; every version is kept and gone on from again, so runs are shared. */
    @Test
    void shouldEqualAPlainStringWhenTypedInRunsFromAnyVersion() {
        Property.holds(CASES, choices -> {
            List<Text> versions = new ArrayList<>(List.of(Text.of("é" + "ab\n".repeat(choices.below(300)))));
            int at = 0;
            for (int step = choices.below(40); step > 0; step--) {
                boolean newest = choices.below(5) < 4;
                Text text = versions.get(newest ? versions.size() - 1 : choices.below(versions.size()));
                int length = text.lengthCodePoints();
                at = choices.once(8) ? choices.below(length + 1) : Math.min(length, at);
                int back = choices.below(3) == 2 ? choices.below(1 + Math.min(at, choices.once(6) ? 1_500 : 4)) : 0;
                int forth = choices.below(5) == 4 ? choices.below(1 + Math.min(length - at, 3)) : 0;
                String insert = choices.once(20) ? "long ".repeat(choices.below(70)) : Texts.text(choices, 2);
                String model = text.toString();
                int from = model.offsetByCodePoints(0, at - back);
                int to = model.offsetByCodePoints(from, back + forth);
                Text typed = text.apply(TextOperation.on(length).retain(at - back).delete(back + forth).insert(insert)
                    .build());
                String expected = model.substring(0, from) + insert + model.substring(to);
                int start = choices.below(typed.lengthCodePoints() + 1);
                int end = start + choices.below(typed.lengthCodePoints() - start + 1);
                assertThat(typed.substring(start, end)).isEqualTo(expected.substring(
                    expected.offsetByCodePoints(0, start), expected.offsetByCodePoints(0, end)));
                checkLengths(typed, expected);
                typed.checkShape();
                versions.add(typed);
                at = at - back + CodePoints.count(insert);
            }
        });
    }

    /** Two that go on from one text must not see each other's characters, whoever comes first. */
    @Test
    void shouldKeepVersionsApartWhenTwoThreadsGoOnFromOneText() throws Exception {
        for (int round = 0; round < 200; round++) {
            Text shared = typed(Text.of("base"), "abc");
            CompletableFuture<Text> other = CompletableFuture.supplyAsync(() -> typed(shared, "1".repeat(300)));
            assertThat(typed(shared, "2".repeat(300))).hasToString("abc" + "2".repeat(300) + "base");
            assertThat(other.get()).hasToString("abc" + "1".repeat(300) + "base");
            assertThat(shared).hasToString("abcbase");
        }
    }

    private static Text typed(Text from, String characters) {
        Text text = from;
        int at = from.lengthCodePoints() - "base".length();
        for (int index = 0; index < characters.length(); index++) {
            text = text.apply(TextOperation.on(text.lengthCodePoints()).retain(at + index)
                .insert(characters.substring(index, index + 1)).build());
        }
        return text;
    }

    private static void checkLengths(Text text, String model) {
        assertThat(text.lengthCodePoints()).isEqualTo(CodePoints.count(model));
        assertThat(text.lengthUtf16()).isEqualTo(model.length());
        assertThat(text.lengthUtf8Bytes()).isEqualTo(model.getBytes(StandardCharsets.UTF_8).length);
        assertThat(text).isEqualTo(Text.of(model)).hasSameHashCodeAs(Text.of(model));
    }

    @Test
    void shouldConvertPositionsBothWaysWhenChunksAndPairsMeet() {
        Property.holds(CASES, choices -> {
            String model = longText(choices, 200);
            Text text = Text.of(model);
            for (int step = 0; step < 20; step++) {
                int position = choices.below(text.lengthCodePoints() + 1);
                int utf16 = model.offsetByCodePoints(0, position);
                assertThat(text.toUtf16(position)).isEqualTo(utf16).isEqualTo(CodePoints.toUtf16(model, position));
                assertThat(text.fromUtf16(utf16)).isEqualTo(position).isEqualTo(CodePoints.fromUtf16(model, utf16));
                boolean pair = utf16 < model.length() && Character.isHighSurrogate(model.charAt(utf16));
                if (pair) {
                    assertThat(text.fromUtf16(utf16 + 1)).isEqualTo(position);
                    assertThat(CodePoints.fromUtf16(model, utf16 + 1)).isEqualTo(position);
                }
            }
        });
    }

    @Test
    void shouldEqualThePlainPartWhenSliced() {
        Property.holds(CASES, choices -> {
            String model = longText(choices, 200);
            Text text = Text.of(model);
            int from = choices.below(text.lengthCodePoints() + 1);
            int to = from + choices.below(text.lengthCodePoints() - from + 1);
            String part = model.substring(model.offsetByCodePoints(0, from), model.offsetByCodePoints(0, to));
            assertThat(text.substring(from, to)).isEqualTo(part);
            assertThat(text.slice(from, to)).hasToString(part);
            text.slice(from, to).checkShape();
        });
    }

    @Test
    void shouldFindEveryPlaceWhenSearchedAcrossChunks() {
        Property.holds(CASES, choices -> {
            String model = ("ab".repeat(choices.below(4)) + longText(choices, 3)).repeat(1 + choices.below(120));
            int start = choices.below(CodePoints.count(model));
            int length = 1 + choices.below(Math.min(5, CodePoints.count(model) - start));
            String find = Text.of(model).substring(start, start + length);
            Text text = Text.of(model);
            boolean overlapping = choices.below(2) == 1;
            List<Integer> expected = new ArrayList<>();
            for (int index = model.indexOf(find); index >= 0;
                 index = model.indexOf(find, index + (overlapping ? 1 : find.length()))) {
                expected.add(model.codePointCount(0, index));
            }
            int[] found = text.find(find, overlapping, Integer.MAX_VALUE);
            assertThat(found).containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
            assertThat(text.find(find, overlapping, 1)).containsExactly(expected.get(0));
        });
    }

    /** Found by the mutation check: a match may begin within one that failed. */
    @Test
    void shouldFindWhatBeginsWithinAFailedMatch() {
        assertThat(Text.of("aaab").find("aab", false, 9)).containsExactly(1);
        assertThat(Text.of("ababac").find("abac", false, 9)).containsExactly(2);
        assertThat(Text.of("😀😀😀b").find("😀😀b", true, 9)).containsExactly(1);
    }

    @Test
    void shouldHashItsUtf8WhenAsked() throws Exception {
        String model = "a😀\r\né\u0301".repeat(999);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(model.getBytes(StandardCharsets.UTF_8));
        assertThat(Text.of(model).sha256Hex()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(Text.EMPTY.sha256Hex()).startsWith("e3b0c442");
    }

    /** Characters are sacred: no line ending, composed form or blank is ever taken for another. */
    @Test
    void shouldKeepEveryCharacterWhenTextsLookAlike() {
        for (String exact : List.of("a\r\nb", "a\nb", "a\rb", "e\u0301", "\u00e9", "\uFEFFa", "a \n", " a", "\u212B",
            "👩\u200D👩\u200D👧", "\u0000\u2028")) {
            assertThat(Text.of(exact)).hasToString(exact);
            TextOperation inserted = TextOperation.on(1).retain(1).insert(exact).build();
            assertThat(Text.of("x").apply(inserted)).hasToString("x" + exact);
            assertThat(Text.of(exact).lengthCodePoints()).isEqualTo(exact.codePointCount(0, exact.length()));
        }
    }

    /** The first and last characters of one, two, three and four bytes. */
    @Test
    void shouldCountBytesWhenCharactersAreAtTheEdgesOfUtf8() {
        for (String edge : List.of("\u0000", "\u007F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF",
            Character.toString(0x10000), Character.toString(0x10FFFF))) {
            checkLengths(Text.of(edge), edge);
            checkLengths(Text.of("x" + edge.repeat(700)), "x" + edge.repeat(700));
        }
    }

    /** What the check of canonical form is for: operations that nothing in the engine makes. */
    @Test
    void shouldSayWhenAnOperationIsNotCanonical() {
        int retain = ComponentBuffer.component(ComponentBuffer.RETAIN, 2);
        int insert = ComponentBuffer.component(ComponentBuffer.INSERT, 1);
        int delete = ComponentBuffer.component(ComponentBuffer.DELETE, 1);
        TextOperations.check(new TextOperation(new Skeleton(3, 3, new int[] {retain, insert, delete}), "x"));
        List<TextOperation> wrong = List.of(
            new TextOperation(new Skeleton(2, 2, new int[] {retain, insert, delete}), "x"),
            new TextOperation(new Skeleton(3, 4, new int[] {retain, insert, delete}), "x"),
            new TextOperation(new Skeleton(3, 3, new int[] {retain, insert, delete}), "xy"),
            new TextOperation(new Skeleton(3, 3, new int[] {retain, insert, delete}), "\uD83D"),
            new TextOperation(new Skeleton(3, 3, new int[] {insert, delete, retain}), "x"),
            new TextOperation(new Skeleton(3, 1, new int[] {delete, delete}), ""),
            new TextOperation(new Skeleton(3, 3, new int[] {insert & 3, delete & 3}), ""));
        for (TextOperation operation : wrong) {
            assertThatThrownBy(() -> TextOperations.check(operation)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("(expected: canonical form, lengths that agree)");
        }
    }

    @Test
    void shouldRefuseTextWhenASurrogateIsAlone() {
        for (String bad : List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "😀\uD83D")) {
            assertThat(CodePoints.wellFormed(bad)).isFalse();
            assertThatThrownBy(() -> Text.of(bad)).isInstanceOfSatisfying(RejectionException.class,
                e -> assertThat(e.code()).isEqualTo(RejectionCode.TEXT_MALFORMED));
        }
        assertThatThrownBy(() -> Text.of("ab\uD83Dc"))
            .hasMessage("text holds the lone surrogate U+D83D at UTF-16 position 2 (expected: well-formed Unicode)");
    }

    @Test
    void shouldRefuseRangesWhenOutside() {
        Text text = Text.of("a😀b");
        assertThatThrownBy(() -> text.substring(2, 4)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage("range 2 to 4 of text of length 3");
        assertThatThrownBy(() -> text.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage("range 2 to 1 of text of length 3");
        assertThatThrownBy(() -> text.toUtf16(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> text.fromUtf16(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> text.fromUtf16(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(text.fromUtf16(4)).isEqualTo(3);
        assertThat(Text.EMPTY.toUtf16(0)).isZero();
        assertThat(Text.EMPTY.fromUtf16(0)).isZero();
        assertThat(Text.EMPTY.find("a", false, 1)).isEmpty();
        assertThatThrownBy(() -> text.find("", false, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeEqualOnlyWhenTheCharactersAre() {
        Text text = Text.of("abc");
        assertThat(text).isEqualTo(Text.of("abc")).isNotEqualTo(Text.of("abd")).isNotEqualTo(Text.of("ab"))
            .isNotEqualTo("abc").isNotEqualTo(null);
        assertThat(text.slice(0, 3)).isEqualTo(text);
        assertThat(text.slice(1, 1)).isSameAs(Text.EMPTY);
        TextOperation operation = TextOperation.on(3).retain(1).insert("x").build();
        assertThat(operation).isEqualTo(TextOperation.on(3).retain(1).insert("x").build())
            .isNotEqualTo(TextOperation.on(3).retain(1).insert("y").build())
            .isNotEqualTo(TextOperation.on(4).retain(1).insert("x").build()).isNotEqualTo("x");
        assertThat(operation.skeleton()).isNotEqualTo(TextOperation.on(3).retain(2).insert("x").build().skeleton())
            .isNotEqualTo(null);
        assertThat(operation.skeleton().size()).isEqualTo(2);
        assertThat(operation.isNoop()).isFalse();
        assertThat(new IndexedSkeleton(operation.skeleton())).isEqualTo(new IndexedSkeleton(operation.skeleton()))
            .isNotEqualTo(new IndexedSkeleton(Skeleton.noop(3))).isNotEqualTo(null);
    }

    @Test
    void shouldRefuseWhatDoesNotStandOnTheText() {
        Text text = Text.of("a😀b");
        TextOperation other = TextOperation.on(5).retain(1).delete(1).build();
        assertThatThrownBy(() -> TextOperations.invert(other, text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Changes.toChanges(other, text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage("range 0 to 4 of text of length 3");
        assertThatThrownBy(() -> text.toUtf16(4)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage("range 0 to 4 of text of length 3");
        assertThatThrownBy(() -> TextOperation.on(3).insert("\uD83D")).isInstanceOf(RejectionException.class);
        int longest = ComponentBuffer.LENGTH_MAX;
        assertThat(TextOperation.on(longest).build().targetLength()).isEqualTo(longest);
        assertThat(Changes.toOperation(List.of(new Change(longest, 0, "")), longest).isNoop()).isTrue();
        assertThatThrownBy(() -> TextOperation.on(longest + 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("base length");
        assertThatThrownBy(() -> Changes.toOperation(List.of(new Change(0, 0, "x")), longest))
            .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Changes.toOperation(List.of(new Change(0, 0, "")), longest + 1))
            .isInstanceOf(IllegalArgumentException.class);
    }

    /** Many texts stand on one another here; only an edit that fits may be kept beside the tree. */
    @Test
    void shouldKeepARunBesideTheTreeAsLongAsItFits() {
        TypedRun full = TypedRun.start(5, 3, "x".repeat(TypedRun.LENGTH_MAX), TypedRun.LENGTH_MAX);
        assertThat(full.edit(5 + TypedRun.LENGTH_MAX, 0, "y", 1)).isNull();
        assertThat(full.edit(5 + TypedRun.LENGTH_MAX, 2, "", 0).to).isEqualTo(10);
        assertThat(full.edit(3, 3, "", 0).from).isEqualTo(3);
        assertThat(full.edit(3, 1, "", 0)).as("not touched").isNull();
        assertThat(full.edit(6 + TypedRun.LENGTH_MAX, 0, "y", 1)).as("not touched").isNull();
        assertThat(full.edit(6, 1, "😀", 1)).as("a pair").isNull();
        assertThat(TypedRun.start(0, 0, "x".repeat(TypedRun.LENGTH_MAX + 1), TypedRun.LENGTH_MAX + 1)).isNull();
        assertThat(TypedRun.start(0, 0, "😀", 1)).isNull();
        assertThat(TypedRun.start(0, TypedRun.STRETCH_MAX + 1, "", 0)).isNull();
        TypedRun wide = TypedRun.start(4, TypedRun.STRETCH_MAX, "x", 1);
        assertThat(wide.edit(3, 1, "", 0)).isNull();
        assertThat(wide.edit(4, 1, "", 0).length).isZero();
    }

    @Test
    void shouldStayShallowWhenTypedAndDeletedOneByOne() {
        Text text = Text.EMPTY;
        for (int index = 0; index < 20_000; index++) {
            int at = index * 7 % (text.lengthCodePoints() + 1);
            text = text.apply(TextOperation.on(text.lengthCodePoints()).retain(at).insert("x").build());
        }
        text.checkShape();
        while (!text.isEmpty()) {
            int at = text.lengthCodePoints() * 2 / 3;
            int count = Math.min(3, text.lengthCodePoints() - at);
            text = text.apply(TextOperation.on(text.lengthCodePoints()).retain(at).delete(count).build());
            text.checkShape();
        }
    }
}
