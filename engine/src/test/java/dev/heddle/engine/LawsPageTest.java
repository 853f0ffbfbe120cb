package dev.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/internals/laws.md} names a test for each law and each bug; each name is looked up in the sources. */
class LawsPageTest {

    private static final Path ROOT = Path.of(System.getProperty("heddle.root", ".."));
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|ST))\\.(should\\w+)`");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve(Path.of("docs", "internals", "laws.md")));
    }

    @Test
    void shouldNameATestForEveryLawAndEveryBug() throws IOException {
        List<String> rows = page().lines().filter(line -> line.startsWith("| ")).toList();
        Stream<String> laws = IntStream.rangeClosed(1, 20).mapToObj(number -> "P" + number);
        Stream<String> bugs = IntStream.rangeClosed(1, 25).mapToObj(String::valueOf);
        Stream.concat(laws, bugs).forEach(name ->
            assertThat(rows.stream().filter(row -> row.startsWith("| " + name + " |"))).as("row " + name)
                .singleElement().satisfies(row -> assertThat(TEST.matcher(row).find()).as(row).isTrue()));
    }

    @Test
    void shouldNameOnlyTestsThatAreThere() throws IOException {
        Map<String, List<String>> sources = sources();
        Matcher names = TEST.matcher(page());
        List<String> missing = new ArrayList<>();
        while (names.find()) {
            Pattern method = Pattern.compile("(?:void|Stream<DynamicTest>) " + names.group(2) + "\\(");
            boolean there = sources.getOrDefault(names.group(1) + ".java", List.of()).stream()
                .anyMatch(source -> method.matcher(source).find());
            if (!there) {
                missing.add(names.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** All test sources of the repository, by file name; a name may be used by several modules. */
    private static Map<String, List<String>> sources() throws IOException {
        Map<String, List<String>> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve(Path.of("src", "test", "java"));
                try (Stream<Path> files = Files.isDirectory(tests) ? Files.walk(tests) : Stream.empty()) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                        sources.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                            .add(Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
