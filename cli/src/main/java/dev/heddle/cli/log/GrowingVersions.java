package dev.heddle.cli.log;

import dev.heddle.cli.history.LoggedOperation;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Only operations newer than all before them: what a transformer wrote again after a crash comes once. One thread. */
final class GrowingVersions implements Iterator<LoggedOperation> {

    private final Iterator<LoggedOperation> all;
    private LoggedOperation next;
    private long seen;

    GrowingVersions(Iterator<LoggedOperation> all) {
        this.all = all;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            LoggedOperation operation = all.next();
            if (operation.version() > seen) {
                seen = operation.version();
                next = operation;
            }
        }
        return next != null;
    }

    @Override
    public LoggedOperation next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no operation after version " + seen);
        }
        LoggedOperation operation = next;
        next = null;
        return operation;
    }
}
