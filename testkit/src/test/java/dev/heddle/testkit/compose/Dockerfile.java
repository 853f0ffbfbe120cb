package dev.heddle.testkit.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Dockerfile's instructions, one a line.
 *
 * @param directory    the directory it lies in and is built from
 * @param instructions its instructions, continued lines joined, comments left out
 */
record Dockerfile(Path directory, List<String> instructions) {

    static Dockerfile read(Path directory) {
        List<String> instructions = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        try {
            for (String line : Files.readAllLines(directory.resolve("Dockerfile"))) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                boolean continued = line.endsWith("\\");
                open.append(continued ? line.substring(0, line.length() - 1) : line);
                if (!continued) {
                    instructions.add(open.toString().strip());
                    open.setLength(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Dockerfile(directory, instructions);
    }

    /** {@return the instructions of the last stage that begin with a word, without it} */
    List<String> last(String word) {
        int stage = 0;
        for (int i = 0; i < instructions.size(); i++) {
            stage = instructions.get(i).startsWith("FROM ") ? i : stage;
        }
        return instructions.subList(stage, instructions.size()).stream()
            .filter(line -> line.startsWith(word + " ")).map(line -> line.substring(word.length() + 1)).toList();
    }

    /** {@return the words of an instruction in exec form, whatever stands before the bracket left out} */
    static List<String> words(String instruction) {
        Object list = new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(instruction.substring(instruction.indexOf('[')));
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    List<String> entrypoint() {
        return words(last("ENTRYPOINT").get(0));
    }
}
