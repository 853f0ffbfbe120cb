package dev.heddle.gateway.room;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;

/**
 * The most recent operations of a workspace, without a hole between them, bounded by count and by bytes. One thread at
 * a time.
 */
public final class OperationRing {

    private final int operationsMax;
    private final long bytesMax;
    private final ArrayDeque<LiveOperation> recent = new ArrayDeque<>();
    private long bytes;

    /**
     * An empty ring.
     *
     * @param operationsMax how many operations it keeps at most
     * @param bytesMax      how many bytes of frames it keeps at most
     */
    public OperationRing(int operationsMax, long bytesMax) {
        this.operationsMax = operationsMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Puts the newest operation in and drops the oldest that no longer fit.
     *
     * @param operation the next version; anything else is an error of the caller
     */
    public void add(LiveOperation operation) {
        LiveOperation newest = recent.peekLast();
        if (newest != null && operation.version() != newest.version() + 1) {
            throw new IllegalArgumentException("version " + operation.version() + " after " + newest.version()
                + " (expected: the next one)");
        }
        recent.addLast(operation);
        bytes += operation.frame().lengthBytes();
        while (recent.size() > operationsMax || bytes > bytesMax && recent.size() > 1) {
            bytes -= recent.removeFirst().frame().lengthBytes();
        }
    }

    /**
     * {@return whether every operation after a version, up to the newest, is here}
     *
     * @param version the version
     * @param newest  the newest version of the workspace
     */
    public boolean covers(long version, long newest) {
        return version >= newest || !recent.isEmpty() && recent.peekFirst().version() <= version + 1;
    }

    /**
     * {@return the operations after a version, oldest first}
     *
     * @param version the version
     */
    public List<LiveOperation> after(long version) {
        LinkedList<LiveOperation> result = new LinkedList<>();
        Iterator<LiveOperation> newestFirst = recent.descendingIterator();
        while (newestFirst.hasNext()) {
            LiveOperation operation = newestFirst.next();
            if (operation.version() <= version) {
                break;
            }
            result.addFirst(operation);
        }
        return result;
    }

    /** {@return how many operations are kept} */
    public int size() {
        return recent.size();
    }

    /** {@return how many bytes of frames are kept} */
    public long sizeBytes() {
        return bytes;
    }
}
