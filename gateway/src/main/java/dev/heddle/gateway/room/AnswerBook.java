package dev.heddle.gateway.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Writers that wait for the answer to one operation each. One thread at a time, the room's. */
final class AnswerBook {

    private record Key(String session, long seq) {
    }

    private final Map<Key, List<CompletableFuture<Answer>>> waiting = new HashMap<>();

    CompletableFuture<Answer> await(String session, long seq) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.computeIfAbsent(new Key(session, seq), key -> new ArrayList<>(1)).add(answer);
        return answer;
    }

    void answer(String session, long seq, Answer answer) {
        if (waiting.isEmpty()) {
            return;
        }
        List<CompletableFuture<Answer>> answered = waiting.remove(new Key(session, seq));
        if (answered != null) {
            answered.forEach(future -> future.complete(answer));
        }
    }

    /** Ends one wait by itself, as its time is up; others of the same operation go on waiting. */
    void giveUp(String session, long seq, CompletableFuture<Answer> future, Answer answer) {
        Key key = new Key(session, seq);
        List<CompletableFuture<Answer>> futures = waiting.get(key);
        if (futures != null && futures.remove(future) && futures.isEmpty()) {
            waiting.remove(key);
        }
        future.complete(answer);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
