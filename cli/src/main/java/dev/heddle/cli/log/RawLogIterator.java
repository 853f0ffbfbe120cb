package dev.heddle.cli.log;

import dev.heddle.cli.verify.RawRecord;
import dev.heddle.schemas.topic.LogPart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The raw log of one workspace over all its parts, in order. In a topic that workspaces share, the records of others
 * are passed over and counted, so that a missing offset is not taken for one of theirs. One thread.
 */
final class RawLogIterator implements Iterator<RawRecord> {

    private final byte[] key;
    private final Iterator<LogPart> parts;
    private final Function<LogPart, Iterator<ConsumerRecord<byte[], byte[]>>> opening;
    private final BiFunction<ConsumerRecord<byte[], byte[]>, LogPart, RawRecord> reading;
    private Iterator<ConsumerRecord<byte[], byte[]>> records = List.<ConsumerRecord<byte[], byte[]>>of().iterator();
    private LogPart part;
    private RawRecord next;

    /**
     * A log before its first record.
     *
     * @param parts   the parts to read
     * @param opening opens the topic of a part, from the part's first offset on
     * @param reading reads a record
     */
    RawLogIterator(String workspace, List<LogPart> parts,
                   Function<LogPart, Iterator<ConsumerRecord<byte[], byte[]>>> opening,
                   BiFunction<ConsumerRecord<byte[], byte[]>, LogPart, RawRecord> reading) {
        this.key = workspace.getBytes(StandardCharsets.UTF_8);
        this.parts = parts.iterator();
        this.opening = opening;
        this.reading = reading;
    }

    @Override
    public boolean hasNext() {
        long others = 0;
        while (next == null && (records.hasNext() || parts.hasNext())) {
            if (!records.hasNext()) {
                part = parts.next();
                records = opening.apply(part);
                others = 0;
                continue;
            }
            ConsumerRecord<byte[], byte[]> record = records.next();
            if (record.offset() > part.toOffset()) {
                records = List.<ConsumerRecord<byte[], byte[]>>of().iterator();
            } else if (part.shared() && !Arrays.equals(key, record.key())) {
                others++;
            } else {
                next = reading.apply(record, part).after(others);
            }
        }
        return next != null;
    }

    @Override
    public RawRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log ends here");
        }
        RawRecord record = next;
        next = null;
        return record;
    }
}
