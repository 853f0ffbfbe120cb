package dev.heddle.standalone;

import dev.heddle.engine.text.Change;
import dev.heddle.teststack.HeddleSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Somebody who types at random into an opened file: inserts, deletions, replacements, several at once, with emoji. */
final class Typist {

    private static final String[] PIECES = {"a", "lorem ", "\n", "é", "😀", "👩‍👩‍👧", "}", "  ", ""};

    private final HeddleSocket socket;
    private final String file;
    private final Random random;

    Typist(HeddleSocket socket, String file, Random random) {
        this.socket = socket;
        this.file = file;
        this.random = random;
    }

    void type(int edits) {
        for (int i = 0; i < edits; i++) {
            socket.edit(file, this::changes);
            if (random.nextInt(4) == 0) {
                socket.awaitBuffered(file, 3);
            }
        }
    }

    /** Without waiting for answers, of which there are none. */
    void typeOffline(int edits) {
        for (int i = 0; i < edits; i++) {
            socket.edit(file, this::changes);
        }
    }

    private List<Change> changes(int length) {
        List<Change> changes = new ArrayList<>();
        int at = 0;
        for (int left = 1 + random.nextInt(3); left > 0 && at <= length; left--) {
            at += random.nextInt(length - at + 1);
            int delete = random.nextInt(3) == 0 ? random.nextInt(Math.min(6, length - at) + 1) : 0;
            changes.add(new Change(at, delete, PIECES[random.nextInt(PIECES.length)]));
            at += delete;
        }
        return changes;
    }
}
