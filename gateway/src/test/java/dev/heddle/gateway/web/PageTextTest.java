package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.Seeds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** UTF-16 and code points, line endings and addresses: what the page must never get wrong about a text. */
class PageTextTest extends LoadedPage {

    private static final int CASES = 2_000;
    private static final String CRLF = "ab\r\ncd\r\n";

    @Test
    void shouldConvertPositionsAsJavaDoesWhenTextHoldsSurrogates() {
        RandomEdits edits = new RandomEdits(Seeds.random("PageTextTest.positions"));
        for (int i = 0; i < CASES; i++) {
            // Long ones make the editor's tree grow branches; each leaf holds 32 lines.
            String text = edits.text(i % 20 == 0 ? 1_500 : 20);
            int length = RandomEdits.length(text);
            int position = edits.below(length + 1);
            int offset = text.offsetByCodePoints(0, position);
            assertThat(script.number("length", text)).isEqualTo(length);
            assertThat(script.number("treeLength", text)).isEqualTo(length);
            assertThat(script.number("bytes", text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
            assertThat(script.number("toUtf16", text, position)).as(text).isEqualTo(offset);
            assertThat(script.number("fromUtf16", text, offset)).as(text).isEqualTo(position);
        }
    }

    @Test
    void shouldGoToTheFrontOfAPairWhenAnOffsetIsInsideOne() {
        assertThat(script.number("fromUtf16", "a😀b", 2)).isEqualTo(1);
        assertThat(script.number("fromUtf16", "😀\n😀", 4)).isEqualTo(2);
    }

    @Test
    void shouldClampWhenAPositionIsBeyondTheText() {
        assertThat(script.number("toUtf16", "a😀", 9)).isEqualTo(3);
        assertThat(script.number("fromUtf16", "a😀", 9)).isEqualTo(2);
        assertThat(script.number("toUtf16", "ab", 9)).isEqualTo(2);
    }

    @Test
    void shouldTellLoneSurrogatesWhenTextIsMalformed() {
        assertThat(script.call("wellFormed", "a😀b").asBoolean()).isTrue();
        assertThat(script.text("cleaned", "a\ud83db", "\n")).isEqualTo("a\ufffdb");
        assertThat(script.text("cleaned", "\ude00😀\ud83d", "\n")).isEqualTo("\ufffd😀\ufffd");
    }

    @Test
    void shouldKeepEveryLineEndingWhenATextGoesThroughTheEditor() {
        String nothing = "{\"base\":%d,\"components\":[]}";
        String[] texts = {"", "\r", "\n", "\r\n", "\n\r", "a\r\nb\rc\nd\r\n", "\r\r\n\n", "a\u2028b\u0085c"};
        for (String text : texts) {
            assertThat(script.text("editTree", text, nothing.formatted(RandomEdits.length(text)))).isEqualTo(text);
        }
    }

    @Test
    void shouldInsertTheFilesOwnLineEndingWhenEnterIsPressed() {
        assertThat(script.text("entered", CRLF, 6, 6)).isEqualTo("ab\r\ncd\r\n\r\n");
        assertThat(script.text("entered", "  ab\r\ncd\r\n", 4, 4)).isEqualTo("  ab\r\n  \r\ncd\r\n");
        assertThat(script.text("entered", "ab\ncd\n", 2, 2)).isEqualTo("ab\n\ncd\n");
        assertThat(script.text("entered", "ab", 1, 1)).isEqualTo("a\nb");
    }

    @Test
    void shouldDeleteTheWholeLineEndingWhenHalfOfItIsDeleted() {
        assertThat(script.text("deleted", CRLF, 3, 4)).isEqualTo("abcd\r\n");
        assertThat(script.text("deleted", CRLF, 2, 3)).isEqualTo("abcd\r\n");
        assertThat(script.text("deleted", CRLF, 1, 3)).isEqualTo("acd\r\n");
        assertThat(script.text("deleted", "a\rb\n", 1, 2)).isEqualTo("ab\n");
    }

    @Test
    void shouldNeverPutTheCaretInsideALineEndingWhenItMoves() {
        assertThat(script.text("moved", CRLF, 2, 3)).isEqualTo("4,4");
        assertThat(script.text("moved", CRLF, 4, 3)).isEqualTo("2,2");
        assertThat(script.text("moved", CRLF, 0, 3)).isEqualTo("2,2");
        assertThat(script.text("moved", "a\rb", 1, 2)).isEqualTo("2,2");
    }

    @Test
    void shouldTakeOnTheFilesLineEndingsWhenTextIsPasted() {
        assertThat(script.text("cleaned", "a\r\nb\rc\nd", "\n")).isEqualTo("a\nb\nc\nd");
        assertThat(script.text("cleaned", "a\nb", "\r\n")).isEqualTo("a\r\nb");
    }

    @Test
    void shouldReadAnAddressAsItWasWrittenWhenPathsHoldOddCharacters() {
        for (String path : new String[] {"a.txt", "a b/c#d?e%f.md", "漢/😀.txt", "a+b&c=d"}) {
            assertThat(script.text("placeAt", script.text("address", "demo", path)))
                .isEqualTo("{\"workspace\":\"demo\",\"path\":\"" + path + "\"}");
        }
        assertThat(script.text("placeAt", "")).isEqualTo("{\"workspace\":null,\"path\":null}");
        assertThat(script.text("placeAt", "#/w/demo/%E0%A4%A")).contains("%E0%A4%A");
    }

    @Test
    void shouldRefuseWhatTheServerWouldWhenAPathIsTyped() {
        for (String path : new String[] {"/a", "a//b", "a/", "../a", "a/./b", "x".repeat(1_025)}) {
            assertThat(script.text("pathRefused", path)).as(path).isNotBlank();
        }
        assertThat(script.text("pathRefused", "src/.hidden/..a/b c")).isNull();
        assertThat(script.text("nameRefused", "Demo")).isNotBlank();
        assertThat(script.text("nameRefused", "demo-1")).isNull();
    }

    @Test
    void shouldGroupFilesByFolderWhenPathsShareOne() {
        String folders = script.text("folders", "[\"a/b/c\",\"a/d\",\"e\"]").replace("\"", "");
        assertThat(folders).isEqualTo("{name:,path:,folders:[{name:a,path:a,folders:[{name:b,path:a/b,folders:[],"
            + "files:[{name:c,path:a/b/c,file:a/b/c}]}],files:[{name:d,path:a/d,file:a/d}]}],"
            + "files:[{name:e,path:e,file:e}]}");
    }
}
