package dev.heddle.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link from one page of the repository to another leads somewhere, to the very heading it names. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".heddle", "shared");
    private static final Pattern FENCED = Pattern.compile("^(```|~~~).*?^\\1", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);

    @Test
    void shouldLeadSomewhereWhenAPageLinksToAnother() {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            String text = CODE.matcher(FENCED.matcher(read(page)).replaceAll("")).replaceAll("");
            for (Matcher link = LINK.matcher(text); link.find();) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links++;
                    String problem = problem(page, link.group(1));
                    if (problem != null) {
                        dead.add(ROOT.relativize(page) + ": " + link.group(1) + " " + problem);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    /** Null where the link is good. */
    private static String problem(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return "is not there";
        }
        boolean known = hash < 0 || !target.toString().endsWith(".md") || anchors(read(target)).contains(
            link.substring(hash + 1));
        return known ? null : "names no heading of that page";
    }

    /** The names of headings as GitHub makes them: a second one of the same name gets a number. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Matcher heading = HEADING.matcher(FENCED.matcher(text).replaceAll("")); heading.find();) {
            String name = heading.group(1).replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1").strip()
                .toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-');
            int before = seen.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
        }
        return anchors;
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                .filter(file -> Stream.iterate(ROOT.relativize(file), part -> part != null, Path::getParent)
                    .noneMatch(part -> NOT_OURS.contains(part.getFileName().toString())))
                .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
