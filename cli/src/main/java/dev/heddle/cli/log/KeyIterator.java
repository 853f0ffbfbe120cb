package dev.heddle.cli.log;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Only the records whose key begins with some bytes; records without a key are left out,
 * and tombstones where only values are wanted. One thread. */
final class KeyIterator implements Iterator<ConsumerRecord<byte[], byte[]>> {

    private final Iterator<ConsumerRecord<byte[], byte[]>> all;
    private final byte[] prefix;
    private final boolean valuesOnly;
    private ConsumerRecord<byte[], byte[]> next;

    KeyIterator(Iterator<ConsumerRecord<byte[], byte[]>> all, byte[] prefix, boolean valuesOnly) {
        this.all = all;
        this.prefix = prefix;
        this.valuesOnly = valuesOnly;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = all.next();
            byte[] key = record.key();
            if (key != null && key.length >= prefix.length && !(valuesOnly && record.value() == null)
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                next = record;
            }
        }
        return next != null;
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log ends here");
        }
        ConsumerRecord<byte[], byte[]> record = next;
        next = null;
        return record;
    }
}
