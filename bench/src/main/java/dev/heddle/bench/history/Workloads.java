package dev.heddle.bench.history;

import java.util.SplittableRandom;

/** The histories that are measured; the same every time. */
final class Workloads {

    /** Many files, typed one character at a time. */
    static final String MILLION = "million";
    /** One file of a megabyte, by many hands. */
    static final String MEGABYTE = "megabyte";
    /** As many files as a workspace may hold. */
    static final String FILES = "tenthousand";

    static final int MILLION_FILES = 1_000;
    static final int FILES_COUNT = 10_000;
    static final int FILE_CODE_POINTS = 4_000;
    private static final int AUTHORS = 8;
    private static final int MEGABYTE_CODE_POINTS = 1_000_000;
    private static final int PHRASE_CODE_POINTS = 50;
    private static final String WORDS = "the weft passes under and over the warp, and the shuttle goes back\n";

    private Workloads() {
    }

    /** A thousand files, and bursts of 20 to 119 one-character inserts by eight authors, until so many operations. */
    static void million(Loader loader, long operations) {
        SplittableRandom random = new SplittableRandom(1);
        String[] files = new String[MILLION_FILES];
        int[] lengths = new int[MILLION_FILES];
        for (int file = 0; file < MILLION_FILES; file++) {
            files[file] = loader.create(file % AUTHORS, "src/part" + file % 20 + "/file" + file + ".txt", "");
        }
        while (loader.version() < operations) {
            int author = random.nextInt(AUTHORS);
            int file = random.nextInt(MILLION_FILES);
            int at = random.nextInt(lengths[file] + 1);
            for (int burst = random.nextInt(20, 120); burst > 0 && loader.version() < operations; burst--) {
                loader.edit(author, files[file], at, 0, String.valueOf(WORDS.charAt(at % WORDS.length())));
                at++;
                lengths[file]++;
            }
        }
    }

    /** One file that grows to a million characters by phrases put in anywhere, each by another author than the last. */
    static void megabyte(Loader loader) {
        SplittableRandom random = new SplittableRandom(2);
        String file = loader.create(0, "book.txt", "");
        for (int length = 0; length < MEGABYTE_CODE_POINTS; length += PHRASE_CODE_POINTS) {
            int from = random.nextInt(WORDS.length());
            loader.edit(random.nextInt(AUTHORS), file, random.nextInt(length + 1), 0,
                (WORDS + WORDS).substring(from, from + PHRASE_CODE_POINTS - 1) + (from % 2 == 0 ? "\n" : " "));
        }
    }

    /** Ten thousand files of four thousand characters. */
    static void files(Loader loader) {
        String text = WORDS.repeat(FILE_CODE_POINTS / WORDS.length() + 1).substring(0, FILE_CODE_POINTS);
        for (int file = 0; file < FILES_COUNT; file++) {
            loader.create(file % AUTHORS, "src/part" + file % 100 + "/file" + file + ".txt", text);
        }
    }
}
