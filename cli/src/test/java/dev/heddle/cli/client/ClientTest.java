package dev.heddle.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTest {

    private static List<String> events(String stream, int enough) throws IOException {
        List<String> seen = new ArrayList<>();
        EventStream.read(new BufferedReader(new StringReader(stream)), data -> {
            seen.add(data);
            return seen.size() < enough;
        });
        return seen;
    }

    @Test
    void shouldReadEventsWhenTheStreamHoldsCommentsIdsAndSeveralDataLines() throws IOException {
        assertThat(events(": hello\n\nid: 1\nevent: op\ndata: {\"a\":\ndata:1}\n\ndata: two\r\n\r\n", 9))
            .containsExactly("{\"a\":\n1}", "two");
    }

    @Test
    void shouldStopReadingWhenTheReceiverHasEnough() throws IOException {
        assertThat(events("data: 1\n\ndata: 2\n\ndata: 3\n\n", 2)).containsExactly("1", "2");
    }

    @Test
    void shouldLeaveOutAnEventWhenTheStreamBreaksInsideIt() throws IOException {
        assertThat(events("data: 1\n\ndata: 2", 9)).containsExactly("1");
    }

    @Test
    void shouldFindNearNamesWhenLettersAreMissingSwappedOrWrong() {
        List<String> known = List.of("demo", "poems", "README.md", "docs/guide.md", "zebra");
        assertThat(NearNames.of("dmeo", known)).containsExactly("demo");
        assertThat(NearNames.of("poem", known)).containsExactly("poems");
        assertThat(NearNames.of("guide.md", known)).contains("docs/guide.md");
        assertThat(NearNames.of("something-else", known)).isEmpty();
        assertThat(NearNames.distance("abcd", "acbd")).isEqualTo(1);
        assertThat(NearNames.distance("", "abc")).isEqualTo(3);
    }
}
