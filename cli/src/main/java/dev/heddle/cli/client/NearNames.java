package dev.heddle.cli.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what somebody probably meant. Pure. */
public final class NearNames {

    private static final int MAX_SHOWN = 3;

    private NearNames() {
    }

    /**
     * {@return the known names nearest to one that does not exist, best first; empty where none is near}
     *
     * @param name  what was written
     * @param known what exists
     */
    public static List<String> of(String name, Collection<String> known) {
        int allowed = Math.max(name.length() <= 3 ? 1 : 2, name.length() / 3);
        return known.stream().filter(candidate -> distance(name, candidate) <= allowed
                || !name.isEmpty() && (candidate.startsWith(name) || candidate.endsWith("/" + name)))
            .sorted(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()))
            .limit(MAX_SHOWN).toList();
    }

    /**
     * {@return edit distance with swaps of neighbours, in UTF-16 units}
     *
     * @param a one text
     * @param b another
     */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
