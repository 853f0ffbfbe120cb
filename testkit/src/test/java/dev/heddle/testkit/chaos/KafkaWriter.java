package dev.heddle.testkit.chaos;

import dev.heddle.ClientOp;
import dev.heddle.Noop;
import dev.heddle.engine.text.Change;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.WireCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes to a raw log with a plain producer, several operations ahead of their answers. What a broker did not confirm
 * is sent once more with everything after it, under the same numbers.
 */
final class KafkaWriter implements Writer {

    private static final int AHEAD_MAX = 6;
    private static final int OWN_TEXT_MAX = 1_000;

    private record Sent(ClientOp operation, long nanos) {
    }

    private final String workspace;
    private final String topic;
    private final String session;
    private final List<String> sharedPaths;
    private final Random random;
    private final long intervalMs;
    private final WireCodec codec;
    private final CanonicalFollower follower;
    private final Journal journal;
    private final AtomicBoolean stop;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Future<RecordMetadata>> unconfirmed = new ArrayList<>();
    private final List<Long> unconfirmedSeqs = new ArrayList<>();
    private int ownLength;
    private CanonicalFollower.Progress progress;
    private volatile Throwable failure;
    private volatile boolean settled;

    KafkaWriter(Place place, String session, long seed, long intervalMs, CanonicalFollower follower, Journal journal,
                AtomicBoolean stop) {
        this.workspace = place.workspace();
        this.topic = place.topic();
        this.sharedPaths = place.paths();
        this.codec = place.codec();
        this.session = session;
        this.progress = new CanonicalFollower.Progress(0, place.base(), "");
        this.random = new Random(seed);
        this.intervalMs = intervalMs;
        this.follower = follower;
        this.journal = journal;
        this.stop = stop;
        this.producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", place.bootstrapServers(),
            "acks", "all", "enable.idempotence", true, "linger.ms", 0, "delivery.timeout.ms", 20_000,
            "request.timeout.ms", 5_000, "max.block.ms", 10_000), new ByteArraySerializer(),
            new ByteArraySerializer());
    }

    /**
     * Where to write.
     *
     * @param bootstrapServers the brokers
     * @param workspace        the workspace
     * @param topic            its raw log
     * @param paths            files that everybody edits
     * @param base             a version at which they are there
     * @param codec            encodes records
     */
    record Place(String bootstrapServers, String workspace, String topic, List<String> paths, long base,
                 WireCodec codec) {
    }

    @Override
    public void run() {
        try (producer) {
            while (!stop.get()) {
                note();
                if (sent.size() - progress.seq() < AHEAD_MAX) {
                    submit(nextOperation());
                }
                Pause.ms(intervalMs / 2 + random.nextInt((int) intervalMs));
            }
            while (progress.seq() < sent.size() && !Thread.currentThread().isInterrupted()) {
                note();
                Pause.ms(20);
            }
            note();
            settled = true;
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private Object nextOperation() {
        if (sent.isEmpty()) {
            return ClientOps.create(ownPath(), "");
        }
        int dice = random.nextInt(10);
        if (dice == 0) {
            return new Noop();
        }
        if (dice < 5) {
            int delete = ownLength > OWN_TEXT_MAX || random.nextInt(4) == 0 ? Math.min(ownLength, 5) : 0;
            String insert = "k" + random.nextInt(1_000) + "\n";
            ownLength += insert.length() - delete;
            return ClientOps.edit(ownPath(), List.of(new Change(0, delete, insert)));
        }
        return ClientOps.edit(sharedPaths.get(random.nextInt(sharedPaths.size())),
            List.of(new Change(0, 0, "K" + random.nextInt(100))));
    }

    private String ownPath() {
        return "own/kafka-" + session.substring(0, 13) + ".txt";
    }

    private void submit(Object operation) {
        long seq = sent.size() + 1;
        ClientOp record = ClientOps.of(session, seq, progress.version(), operation);
        if (seq - 1 > progress.seq()) {
            record = ClientOp.newBuilder(record).setAfter(seq - 1).build();
        }
        sent.add(new Sent(record, System.nanoTime()));
        send(record);
    }

    private void send(ClientOp record) {
        unconfirmedSeqs.add(record.getSeq());
        try {
            unconfirmed.add(producer.send(new ProducerRecord<>(topic, codec.encode(record))));
        } catch (KafkaException notTaken) {
            unconfirmed.add(java.util.concurrent.CompletableFuture.failedFuture(notTaken));
        }
    }

    /** Notes what the brokers and the follower know by now; sends again what did not get through. */
    private void note() {
        boolean lost = confirm();
        CanonicalFollower.Progress next = follower.find(session, progress.seq() + 1);
        while (next != null) {
            progress = next;
            journal.add(new Acknowledged(workspace, session, next.seq(), next.version(), next.hash(),
                sent.get((int) next.seq() - 1).nanos(), System.nanoTime()));
            next = follower.find(session, progress.seq() + 1);
        }
        if (lost) {
            while (!unconfirmed.isEmpty()) {
                confirm();
                Pause.ms(20);
            }
            sent.subList((int) progress.seq(), sent.size()).forEach(each -> send(each.operation()));
        }
    }

    private boolean confirm() {
        boolean lost = false;
        while (!unconfirmed.isEmpty() && unconfirmed.get(0).isDone()) {
            long seq = unconfirmedSeqs.remove(0);
            try {
                journal.add(new Appended(workspace, unconfirmed.remove(0).get().offset(), session, seq));
            } catch (ExecutionException e) {
                lost = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return lost;
    }

    @Override
    public boolean settled() {
        return settled;
    }

    @Override
    public Throwable failure() {
        return failure;
    }

    @Override
    public String name() {
        return "Kafka writer " + session + " of " + workspace + " (" + progress.seq() + " of " + sent.size()
            + " in the log)";
    }

    @Override
    public String workspace() {
        return workspace;
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public long submitted() {
        return sent.size();
    }
}
