package dev.heddle.gateway.session;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The numbers of one session that were sent to the log and not answered yet. One thread at a time. */
public final class SubmissionWindow {

    private final int inFlightMax;
    private final Set<Long> inFlight = new HashSet<>();
    private final AtomicInteger total;
    private final IntConsumer changed;

    /**
     * An empty window.
     *
     * @param inFlightMax how many numbers may be unanswered at once
     * @param total       counts the numbers in flight over all windows of a workspace
     */
    public SubmissionWindow(int inFlightMax, AtomicInteger total) {
        this(inFlightMax, total, size -> { });
    }

    /**
     * An empty window that tells how full it is.
     *
     * @param inFlightMax how many numbers may be unanswered at once
     * @param total       counts the numbers in flight over all windows of a workspace
     * @param changed     is told how many are unanswered, whenever that changes
     */
    public SubmissionWindow(int inFlightMax, AtomicInteger total, IntConsumer changed) {
        this.inFlightMax = inFlightMax;
        this.total = total;
        this.changed = changed;
    }

    /**
     * Takes a number in; one that is in flight already may always be sent again.
     *
     * @param seq the number
     * @return false if the window is full
     */
    public boolean admit(long seq) {
        if (inFlight.contains(seq)) {
            return true;
        }
        if (inFlight.size() >= inFlightMax) {
            return false;
        }
        total.incrementAndGet();
        inFlight.add(seq);
        changed.accept(inFlight.size());
        return true;
    }

    /**
     * Takes a number out because it was answered.
     *
     * @param seq the number
     * @return whether it was in flight here
     */
    public boolean answered(long seq) {
        boolean removed = inFlight.remove(seq);
        if (removed) {
            total.decrementAndGet();
            changed.accept(inFlight.size());
        }
        return removed;
    }

    /** Forgets all numbers, as nobody waits for their answers any more. */
    public void clear() {
        total.addAndGet(-inFlight.size());
        inFlight.clear();
        changed.accept(0);
    }

    /** {@return how many numbers are unanswered} */
    public int size() {
        return inFlight.size();
    }
}
