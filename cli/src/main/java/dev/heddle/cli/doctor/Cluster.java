package dev.heddle.cli.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** An admin client whose every answer comes in time or is a sentence. One thread. */
final class Cluster implements AutoCloseable {

    /** The cluster did not answer, or said no. */
    static final class NoAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean absent;

        NoAnswerException(String message, boolean absent) {
            super(message, null, false, false);
            this.absent = absent;
        }

        /** {@return whether it said that there is no such thing} */
        boolean absent() {
            return absent;
        }
    }

    private static final long ANSWER_MS = 10_000;

    private final Admin admin;

    Cluster(Map<String, Object> settings) {
        this.admin = Admin.create(settings);
    }

    Admin admin() {
        return admin;
    }

    <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw new NoAnswerException(String.valueOf(refused.getCause().getMessage()),
                refused.getCause() instanceof GroupIdNotFoundException);
        } catch (TimeoutException late) {
            throw new NoAnswerException("no answer within " + ANSWER_MS + " ms", false);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", false);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
