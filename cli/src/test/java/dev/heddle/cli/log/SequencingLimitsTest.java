package dev.heddle.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.CliException;
import dev.heddle.engine.workspace.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SequencingLimitsTest {

    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("heddle.file.code.points.max", "101"),
        Map.entry("heddle.workspace.code.points.max", "102"), Map.entry("heddle.workspace.files.max", "103"),
        Map.entry("heddle.workspace.file.ids.max", "104"), Map.entry("heddle.operation.code.points.max", "105"),
        Map.entry("heddle.operation.changes.max", "106"), Map.entry("heddle.author.code.points.max", "107"),
        Map.entry("heddle.history.versions.max", "108"), Map.entry("heddle.sessions.max", "109"),
        Map.entry("heddle.session.answers.max", "110"), Map.entry("heddle.chain.operations.max", "111"),
        Map.entry("heddle.record.max.bytes", "112"));

    @Test
    void shouldReadEveryLimitWhenAllAreSet() {
        SequencingLimits read = SequencingLimits.of(SETTINGS);
        assertThat(read.limits()).isEqualTo(new Limits(101, 102, 103, 104, 105, 106, 107, 108,
            Limits.DEFAULT.historyVersionsHot(), 109, 110, 111));
        assertThat(read.recordBytesMax()).isEqualTo(112);
    }

    @Test
    void shouldHaveTheTransformersDefaultsWhenNothingIsSet() throws IOException {
        assertThat(SequencingLimits.of(Map.of())).isEqualTo(SequencingLimits.DEFAULT);
        String page = Files.readString(Path.of(System.getProperty("heddle.root"),
            "docs/reference/configuration-transformer.md"));
        Map<String, String> documented = new HashMap<>();
        for (String name : SETTINGS.keySet()) {
            Matcher row = Pattern.compile("`" + Pattern.quote(name) + "`[^\\n]*?\\| `?([0-9]+)`? \\|").matcher(page);
            assertThat(row.find()).as("%s is a setting of the transformer", name).isTrue();
            documented.put(name, row.group(1));
        }
        assertThat(SequencingLimits.of(documented)).isEqualTo(SequencingLimits.DEFAULT);
    }

    @Test
    void shouldNameTheSettingWhenItIsNoNumber() {
        assertThatThrownBy(() -> SequencingLimits.of(Map.of("heddle.sessions.max", "many")))
            .isInstanceOf(CliException.class).hasMessageContaining("heddle.sessions.max is many");
    }
}
