package dev.heddle.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a server has sent to one client, kept to the end: a rule finds what it asks for whether it came before or after
 * the question, so that no rule depends on which of two clients a server serves first. Filled by one thread, read by
 * another.
 */
final class Mailbox {

    private static final int SHOWN = 8;

    private final long deadlineMs;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<JsonNode> all = new ArrayList<>();
    private final List<JsonNode> waiting = new ArrayList<>();
    private String end;

    /**
     * An empty mailbox.
     *
     * @param deadlineMs how long a message may take to come, in milliseconds
     */
    Mailbox(long deadlineMs) {
        this.deadlineMs = deadlineMs;
    }

    void add(JsonNode message) {
        locked(() -> {
            all.add(message);
            waiting.add(message);
            changed.signalAll();
            return message;
        });
    }

    /**
     * Nothing more will come; whoever waits is told so at once.
     *
     * @param why the reason; the first one stays
     */
    void end(String why) {
        locked(() -> {
            end = end == null ? why : end;
            changed.signalAll();
            return end;
        });
    }

    /**
     * {@return the first message that fits and was not taken before}; those before it stay.
     *
     * @param wanted which message
     * @param what   the same in words
     */
    JsonNode take(Predicate<JsonNode> wanted, String what) {
        return locked(() -> waiting.remove(awaited(waiting, wanted, what)));
    }

    /**
     * {@return every message up to the first that fits, it included, whether taken or not}
     *
     * @param wanted which message
     * @param what   the same in words
     */
    List<JsonNode> until(Predicate<JsonNode> wanted, String what) {
        return locked(() -> List.copyOf(all.subList(0, 1 + awaited(all, wanted, what))));
    }

    private <T> T locked(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    /** {@return where the first message that fits stands}; holds the lock, but for waiting. */
    private int awaited(List<JsonNode> among, Predicate<JsonNode> wanted, String what) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(deadlineMs);
        int tried = 0;
        while (true) {
            for (; tried < among.size(); tried++) {
                if (wanted.test(among.get(tried))) {
                    return tried;
                }
            }
            BrokenRuleException.unless(end == null, "no %s: %s; %s", what, end, came());
            BrokenRuleException.unless(leftNs > 0, "no %s within %d ms; %s", what, deadlineMs, came());
            leftNs = pause(leftNs);
        }
    }

    private long pause(long leftNs) {
        try {
            return changed.awaitNanos(leftNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRuleException("interrupted");
        }
    }

    private String came() {
        if (all.isEmpty()) {
            return "nothing came";
        }
        List<String> shown = all.subList(Math.max(0, all.size() - SHOWN), all.size()).stream().map(Mailbox::brief)
            .toList();
        return "what came: " + (all.size() > SHOWN ? "… " : "") + String.join(", ", shown);
    }

    /** A message's type and what tells it from others of its type. */
    private static String brief(JsonNode message) {
        StringBuilder brief = new StringBuilder(message.path("type").asText("event"));
        for (String field : List.of("version", "session", "seq", "code")) {
            if (message.has(field)) {
                brief.append(' ').append(field).append(' ').append(message.path(field).asText());
            }
        }
        return brief.toString();
    }
}
