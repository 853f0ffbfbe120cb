package dev.heddle.cli.render;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up, two spaces apart; widths are counted in code points, colours do not count. One thread. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] rightAligned;

    /**
     * An empty table.
     *
     * @param rightAligned one per column: whether its cells stand at the right, as numbers do
     */
    public Table(boolean... rightAligned) {
        this.rightAligned = rightAligned.clone();
    }

    /**
     * Adds a row.
     *
     * @param cells one per column
     */
    public void row(String... cells) {
        if (cells.length != rightAligned.length) {
            throw new IllegalArgumentException("row: " + cells.length + " cells (expected: " + rightAligned.length
                + ")");
        }
        rows.add(List.of(cells));
    }

    /**
     * Prints all rows.
     *
     * @param console where
     */
    public void print(Console console) {
        int[] widths = new int[rightAligned.length];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String gap = " ".repeat(widths[column] - width(row.get(column)));
                boolean last = column == widths.length - 1;
                line.append(rightAligned[column] ? gap : "").append(row.get(column))
                    .append(rightAligned[column] || last ? "" : gap).append(last ? "" : "  ");
            }
            console.line(line.toString().stripTrailing());
        }
    }

    private static int width(String cell) {
        String bare = cell.replaceAll("\u001b\\[[0-9;]*m", "");
        return bare.codePointCount(0, bare.length());
    }
}
