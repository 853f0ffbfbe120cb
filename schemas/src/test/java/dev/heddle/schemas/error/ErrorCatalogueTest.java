package dev.heddle.schemas.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.RejectionCode;
import dev.heddle.schemas.Golden;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {

    @Test
    void shouldEqualTheCommittedPageWhenGenerated() throws Exception {
        Golden.check("docs/reference/errors.md", ErrorPage.markdown());
    }

    /** The list is only ever added to by hand: nothing rewrites it. */
    @Test
    void shouldKeepEveryNumberAndNameWhenOneWasEverPublished() throws Exception {
        Map<Integer, String> published;
        try (BufferedReader list = new BufferedReader(new InputStreamReader(
            ErrorCatalogueTest.class.getResourceAsStream("/published-errors.txt"), StandardCharsets.UTF_8))) {
            published = list.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> Integer.valueOf(parts[0]),
                    parts -> String.join(" ", List.of(parts).subList(1, parts.length))));
        }
        Map<Integer, String> now = ErrorCatalogue.entries().stream().collect(Collectors.toMap(ErrorEntry::number,
            entry -> entry.code() + " " + entry.closeCode() + " " + (entry.retriable() ? "retriable" : "final")));
        assertThat(now).as("number, name, close code and retriable are permanent; add new ones to published-errors.txt")
            .isEqualTo(published);
    }

    @Test
    void shouldGiveEachErrorItsOwnNumberNameAndCloseCode() {
        List<ErrorEntry> entries = ErrorCatalogue.entries();
        Set<Object> seen = new HashSet<>();
        for (ErrorEntry entry : entries) {
            assertThat(seen.add(entry.number())).as("number %s", entry).isTrue();
            assertThat(seen.add(entry.code())).as("code %s", entry).isTrue();
            assertThat(seen.add(entry.closeCode())).as("close code %s", entry).isTrue();
            assertThat(entry.httpStatus()).isBetween(400, 599);
            assertThat(entry.sentence()).endsWith(".");
        }
    }

    @Test
    void shouldHaveAnEntryForEveryCode() {
        for (RejectionCode code : RejectionCode.values()) {
            assertThat(ErrorCatalogue.of(code).code()).isEqualTo(code.name());
            assertThat(ErrorCatalogue.of(code).retriable()).isEqualTo(code.retriable());
        }
        assertThat(ErrorCatalogue.byCode("SLOW_CONSUMER")).contains(ErrorCatalogue.of(EdgeError.SLOW_CONSUMER));
        assertThat(ErrorCatalogue.byCode("NO_SUCH")).isEmpty();
    }

    @Test
    void shouldUseTheCloseCodesOfTheProtocol() {
        assertThat(EdgeError.HEARTBEAT_LOST.entry().closeCode()).isEqualTo(4508);
        assertThat(EdgeError.SLOW_CONSUMER.entry().closeCode()).isEqualTo(4509);
    }
}
