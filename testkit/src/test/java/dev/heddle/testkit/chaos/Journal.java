package dev.heddle.testkit.chaos;

import java.util.ArrayList;
import java.util.List;

/** What writers were told and what was done to processes, in the order in which it happened. Thread-safe. */
public final class Journal {

    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final List<Appended> appended = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    /**
     * Notes an acknowledgement.
     *
     * @param operation what was acknowledged
     */
    public synchronized void add(Acknowledged operation) {
        acknowledged.add(operation);
    }

    /**
     * Notes that a broker confirmed a record.
     *
     * @param record the record
     */
    public synchronized void add(Appended record) {
        appended.add(record);
    }

    /**
     * Notes a fault that was caused.
     *
     * @param fault the fault
     */
    public synchronized void add(Fault fault) {
        faults.add(fault);
    }

    /** {@return all acknowledgements so far} */
    public synchronized List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** {@return all records that brokers confirmed to Kafka writers so far} */
    public synchronized List<Appended> appended() {
        return List.copyOf(appended);
    }

    /** {@return all faults so far} */
    public synchronized List<Fault> faults() {
        return List.copyOf(faults);
    }
}
