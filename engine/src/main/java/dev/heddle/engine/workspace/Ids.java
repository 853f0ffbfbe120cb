package dev.heddle.engine.workspace;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of sessions and files: UUIDs in their text form of 36 characters, compared as text. */
final class Ids {

    private static final int LENGTH = 36;

    private Ids() {
    }

    static boolean isUuid(String id) {
        if (id.length() != LENGTH) {
            return false;
        }
        for (int index = 0; index < LENGTH; index++) {
            char unit = id.charAt(index);
            boolean dash = index == 8 || index == 13 || index == 18 || index == 23;
            boolean digit = unit >= '0' && unit <= '9' || unit >= 'a' && unit <= 'f' || unit >= 'A' && unit <= 'F';
            if (dash ? unit != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    /** An id as it may stand in a message: short, without control characters. */
    static String shown(String id) {
        StringBuilder shown = new StringBuilder();
        for (int index = 0; index < Math.min(id.length(), LENGTH); index++) {
            char unit = id.charAt(index);
            shown.append(Character.isISOControl(unit) || Character.isSurrogate(unit) ? '\uFFFD' : unit);
        }
        return shown + (id.length() > LENGTH ? "…" : "");
    }

    /** The id of a file whose creator chose none. */
    static String ofCreate(String session, long seq) {
        return UUID.nameUUIDFromBytes((session + "/" + seq).getBytes(StandardCharsets.UTF_8)).toString();
    }
}
