package dev.heddle.engine.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault that somebody could write or has shipped, planted into the engine's source, and the tests that must find it.
 * Read from {@code planted-faults.txt}, whose head says how it is written.
 *
 * @param name  what is wrong, for people
 * @param spots where it is planted
 * @param red   the tests, as {@code Class.method}, each of which must turn red by itself
 */
record Fault(String name, List<Spot> spots, List<String> red) {

    /**
     * A place in the source.
     *
     * @param file    the file below {@code dev/heddle/engine}
     * @param right   the lines or part of a line that stand there, exactly once
     * @param planted what is put in their place
     */
    record Spot(String file, List<String> right, List<String> planted) {
    }

    static List<Fault> all() throws IOException {
        List<Fault> faults = new ArrayList<>();
        try (InputStream in = Fault.class.getResourceAsStream("/planted-faults.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    take(faults, line.charAt(0), line.substring(1));
                }
            }
        }
        return faults;
    }

    private static void take(List<Fault> faults, char mark, String rest) {
        if (mark == '=') {
            faults.add(new Fault(rest.strip(), new ArrayList<>(), new ArrayList<>()));
            return;
        }
        Fault fault = faults.get(faults.size() - 1);
        switch (mark) {
            case '@' -> fault.spots.add(new Spot(rest.strip(), new ArrayList<>(), new ArrayList<>()));
            case '!' -> fault.red.add(rest.strip());
            case '-' -> fault.spots.get(fault.spots.size() - 1).right.add(rest);
            case '+' -> fault.spots.get(fault.spots.size() - 1).planted.add(rest);
            default -> throw new IllegalStateException("planted-faults.txt: line starting with " + mark);
        }
    }

    /** The source with what is planted in one of its files. */
    String plant(String file, String source) {
        String planted = source;
        for (Spot spot : spots) {
            String right = String.join("\n", spot.right());
            int first = planted.indexOf(right);
            if (spot.file().equals(file)) {
                if (first < 0 || planted.indexOf(right, first + 1) >= 0) {
                    throw new IllegalStateException("fault \"" + name + "\" cannot be planted (expected: once in "
                        + file + ", see planted-faults.txt): " + right);
                }
                planted = planted.replace(right, String.join("\n", spot.planted()));
            }
        }
        return planted;
    }

    @Override
    public String toString() {
        return name;
    }
}
