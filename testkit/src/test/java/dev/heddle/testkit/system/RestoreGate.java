package dev.heddle.testkit.system;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds back what a service fills its stores from, until it is opened: so that a restore takes as long as a test has
 * something to look at. Stands in the way of the restore consumer alone.
 */
final class RestoreGate {

    private static final String NAME = "heddle.test.gate";
    private static final long LONGEST_SECONDS = 120;
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

    private final String name;

    RestoreGate(String name) {
        this.name = name;
        GATES.put(name, new CountDownLatch(1));
    }

    /** {@return a service's settings with this gate in them} */
    Map<String, String> settings(Map<String, String> settings) {
        Map<String, String> gated = new HashMap<>(settings);
        gated.put("restore.consumer.interceptor.classes", Interceptor.class.getName());
        gated.put("restore.consumer." + NAME, name);
        return gated;
    }

    void open() {
        GATES.get(name).countDown();
    }

    /** Created by the restore consumer; its own threads. */
    public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {

        private CountDownLatch gate;

        @Override
        public void configure(Map<String, ?> configs) {
            gate = GATES.get((String) configs.get(NAME));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            try {
                if (!gate.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the gate was not opened within " + LONGEST_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            // Nothing is held back there.
        }

        @Override
        public void close() {
            // The gate outlives it.
        }
    }
}
