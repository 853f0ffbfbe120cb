package dev.heddle.engine.workspace;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Texts;
import dev.heddle.engine.text.Change;
import java.util.ArrayList;
import java.util.List;

/** Random submissions to a workspace with a few files, paths and sessions: most make sense, many do not. */
final class RandomLog {

    private static final List<String> PATHS = List.of("a", "b/c", "d", "../x", "", "/a", "a\\b", "e\uD83D", "a\u0000");
    private static final List<String> TEXTS = List.of("a", "b", "c", "", "ab", "😀", "\uDE00", "a\uD83D", "\u0301");
    private static final int[] NUMBERS = {0, 1, 2, 3, 5, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private RandomLog() {
    }

    static Submission next(Choices choices, Workbench bench) {
        int number = 1 + choices.below(3);
        String session = choices.once(40) ? "no session" : Workbench.session(number);
        Session known = bench.state.sessions().find(session);
        long expected = known == null ? 1 : known.nextSeq();
        long seq = choices.once(10) ? expected + choices.below(5) - 2 : expected;
        long base = choices.once(12) ? choices.below(6) - 2L + bench.version()
            : Math.max(0, bench.version() - choices.below(choices.below(6) == 5 ? 20 : 4));
        Long after = choices.below(3) == 2 ? (Long) (seq - 1 - (choices.once(8) ? choices.below(4) - 1 : 0)) : null;
        Submission again = choices.once(12) && !bench.raw.isEmpty() ? choices.of(bench.raw) : null;
        if (again != null) {
            return new Submission(again.session(), again.seq(), again.base(), again.after(), "again",
                again.operation(), bench.raw.size(), bench.raw.size());
        }
        return bench.submission(session, seq, base, after, operation(choices, bench));
    }

    private static FileReference target(Choices choices) {
        return choices.below(3) == 2 ? FileReference.ofPath(choices.of(PATHS.subList(0, choices.once(5) ? 9 : 3)))
            : FileReference.ofFile(choices.once(30) ? "no file" : Workbench.file(1 + choices.below(3)));
    }

    private static Operation operation(Choices choices, Workbench bench) {
        switch (choices.below(10)) {
            case 0:
                return new Operation.Create(choices.of(PATHS.subList(0, choices.once(3) ? 9 : 3)),
                    choices.once(8) ? choices.of(TEXTS) : choices.once(2) ? "abcabcabc" : Texts.text(choices, 6),
                    choices.once(3) ? null : Workbench.file(1 + choices.below(3)));
            case 1:
                return new Operation.Rename(target(choices), choices.of(PATHS.subList(0, choices.once(4) ? 9 : 3)));
            case 2:
                return choices.once(2) ? new Operation.Delete(target(choices)) : new Operation.Noop();
            case 3:
                return new Operation.Replace(target(choices), new Anchor(choices.of(TEXTS), choices.of(TEXTS),
                    Anchor.Occurrence.values()[choices.below(3)]));
            default:
                return edit(choices, bench);
        }
    }

    private static Operation edit(Choices choices, Workbench bench) {
        FileReference target = target(choices);
        boolean wild = choices.once(8);
        int length = bench.state.image().file(String.valueOf(target.file()))
            .map(file -> file.text().lengthCodePoints()).orElse(3);
        List<Change> changes = new ArrayList<>();
        int at = 0;
        for (int count = choices.below(3); count >= 0; count--) {
            at = wild ? NUMBERS[choices.below(NUMBERS.length)] : Math.min(length, at + choices.below(3));
            int delete = wild ? NUMBERS[choices.below(NUMBERS.length)] : Math.min(choices.below(3), length - at);
            changes.add(new Change(at, delete, wild ? choices.of(TEXTS) : Texts.text(choices, 2)));
            at += wild ? 0 : delete;
        }
        Anchor stray = choices.once(60) ? new Anchor("a", "b", Anchor.Occurrence.ALL) : null;
        return new Operation.Edit(target, changes, stray);
    }
}
