package dev.heddle.cli.log;

import java.util.Iterator;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes the records of one partition on and notes whether an offset between them is gone. One thread. */
final class HoleFinder implements Iterator<ConsumerRecord<byte[], byte[]>> {

    private final Iterator<ConsumerRecord<byte[], byte[]>> records;
    private long expected;
    private boolean hole;

    /** Reads on from an offset at which the first record is expected. */
    HoleFinder(Iterator<ConsumerRecord<byte[], byte[]>> records, long from) {
        this.expected = from;
        this.records = Objects.requireNonNull(records, "records");
    }

    /** {@return whether an offset up to the newest record passed on holds nothing} */
    boolean holeFound() {
        return hole;
    }

    @Override
    public boolean hasNext() {
        return records.hasNext();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        ConsumerRecord<byte[], byte[]> record = records.next();
        hole |= record.offset() > expected;
        expected = record.offset() + 1;
        return record;
    }
}
