package dev.heddle.cli.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks operations out of a log; null parts match everything. Immutable.
 *
 * @param path    only operations on files that had this path at some time
 * @param author  only this author's
 * @param session only sessions whose id begins so
 * @param limit   at most so many, the newest ones, from 1
 */
public record LogQuery(String path, String author, String session, int limit) {

    /** How far back the first reading goes; each further one goes eight times as far. */
    private static final long FIRST_WINDOW = 2_000;

    /** Checks the limit. */
    public LogQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
        }
    }

    /** Reads a log from a version on. */
    public interface Scan {
        /**
         * Passes operations on in version order.
         *
         * @param after    only later versions
         * @param receiver takes each; false ends the reading
         */
        void scan(long after, Predicate<LoggedOperation> receiver);
    }

    /**
     * {@return the newest matching operations, oldest first}
     *
     * @param head  the newest version there is; later ones are left out
     * @param after only later versions
     * @param log   reads the log; asked again, further back, until there are enough
     */
    public List<LoggedOperation> newest(long head, long after, Scan log) {
        boolean all = path != null || limit == Integer.MAX_VALUE;
        for (long window = all ? head : Math.max(FIRST_WINDOW, limit);; window *= 8) {
            long from = Math.max(after, head - window);
            List<LoggedOperation> found = pick(head, from, log);
            if (found.size() >= limit || from <= after) {
                return found;
            }
        }
    }

    private List<LoggedOperation> pick(long head, long from, Scan log) {
        Deque<LoggedOperation> newest = new ArrayDeque<>();
        Set<String> files = path == null ? Set.of() : files(head, from, log);
        log.scan(from, operation -> {
            boolean within = operation.version() <= head;
            if (within && matches(operation, files)) {
                newest.addLast(operation);
                if (newest.size() > limit) {
                    newest.removeFirst();
                }
            }
            return within && operation.version() < head;
        });
        return new ArrayList<>(newest);
    }

    /** {@return ids of all files that had the path at some time} */
    private Set<String> files(long head, long from, Scan log) {
        Set<String> files = new HashSet<>();
        log.scan(from, operation -> {
            if (path.equals(operation.path())) {
                files.add(operation.file());
            }
            return operation.version() < head;
        });
        return files;
    }

    private boolean matches(LoggedOperation operation, Set<String> files) {
        return (path == null || files.contains(operation.file()))
            && (author == null || author.equals(operation.author()))
            && (session == null || operation.session().startsWith(session));
    }
}
