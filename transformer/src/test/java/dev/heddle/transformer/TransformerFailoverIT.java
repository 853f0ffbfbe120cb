package dev.heddle.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.Noop;
import dev.heddle.teststack.ClientOps;
import dev.heddle.transformer.processor.CanonicalChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: transformers that are killed, frozen, emptied or replaced leave one history.
 * Method: writers go on while it happens to processes of their own; then the whole canonical topic is checked.
 */
class TransformerFailoverIT {

    private static Running running;

    private String workspace;
    private String session;
    private long seq;
    private long seen;

    @BeforeAll
    static void startBrokers() {
        running = new Running();
    }

    @AfterAll
    static void stopBrokers() {
        running.close();
    }

    @BeforeEach
    void start() {
        workspace = running.workspace();
        session = UUID.randomUUID().toString();
        seq = 0;
        seen = 0;
    }

    @AfterEach
    void stop() {
        running.stopTransformers();
    }

    private void type(int count) {
        for (int i = 0; i < count; i++) {
            seq++;
            running.send(workspace, seq == 1 ? TransformerServiceIT.create(session)
                : ClientOps.of(session, seq, seen, new Noop()));
        }
        running.producer.flush();
    }

    private CanonicalChecker awaitAll() {
        CanonicalChecker checker = running.awaitVersion(workspace, seq);
        assertThat(checker.workspace(workspace).version()).isEqualTo(seq);
        seen = seq;
        return checker;
    }

    private static void wipe(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldGoOnWhenItIsStartedAgainWithAndWithoutItsState() {
        Path directory = running.stack.newDirectory();
        for (int round = 0; round < 4; round++) {
            if (round % 2 == 1) {
                wipe(directory);
            }
            TransformerService service = running.service(directory);
            type(70);
            awaitAll();
            service.close();
        }
    }

    @Test
    void shouldGoOnWhenItIsKilledInTheMiddleOfItsWork() throws Exception {
        Path directory = running.stack.newDirectory();
        for (int round = 0; round < 3; round++) {
            Process process = running.process(directory);
            long target = seq + 50;
            type(300);
            await().atMost(Running.LONG).until(() -> running.canonical().workspace(workspace).version() >= target);
            process.destroyForcibly().waitFor();
            if (round == 1) {
                wipe(directory);
            }
        }
        running.service(directory);
        type(10);
        System.out.println("killed in the middle: " + awaitAll());
    }

    /** With a session that outlasts the test: only an instance that is known to be the same need not wait for it. */
    @Test
    void shouldNotWaitForItsDeadSelfWhenItIsStartedAgain() throws Exception {
        Path directory = running.stack.newDirectory();
        String[] settings = {"session.timeout.ms", "300000"};
        for (int round = 0; round < 2; round++) {
            Process process = running.process(directory, settings);
            type(20);
            awaitAll();
            process.destroyForcibly().waitFor();
            // Appears while nobody reads: the next one reads it too.
            String later = running.workspace();
            running.send(later, TransformerServiceIT.create(session));
            TransformerService next = running.service(directory, settings);
            type(20);
            awaitAll();
            running.awaitVersion(later, 1);
            next.close();
        }
    }

    @Test
    void shouldNotWaitForItsDeadSelfWhenItsDiskIsGoneAndItsNameIsSet() throws Exception {
        String[] settings = {"session.timeout.ms", "300000", "group.instance.id", "transformer-0"};
        Process process = running.process(running.stack.newDirectory(), settings);
        type(20);
        awaitAll();
        process.destroyForcibly().waitFor();
        running.service(running.stack.newDirectory(), settings);
        type(20);
        awaitAll();
    }

    @Test
    void shouldFailOverWhenTheOwnerIsKilled() throws Exception {
        Process first = running.process(running.stack.newDirectory());
        type(100);
        awaitAll();
        TransformerService second = running.service(running.stack.newDirectory());
        type(200);
        first.destroyForcibly().waitFor();
        type(200);
        System.out.println("owner killed: " + awaitAll());
        assertThat(second.ready()).isTrue();
    }

    @Test
    void shouldFailOverAtOnceWhenAStandbyIsThere() throws Exception {
        Process first = running.process(running.stack.newDirectory(), "num.standby.replicas", "1");
        type(100);
        awaitAll();
        running.service(running.stack.newDirectory(), "num.standby.replicas", "1");
        type(200);
        awaitAll();
        first.destroyForcibly().waitFor();
        type(200);
        System.out.println("owner killed, standby there: " + awaitAll());
    }

    /** Streams tells only active tasks of topics that appear later; a standby that knew none could not take over. */
    @Test
    void shouldFailOverToAStandbyThatIsOlderThanTheWorkspaces() throws Exception {
        Process first = running.process(running.stack.newDirectory(), "num.standby.replicas", "1");
        type(10);
        awaitAll();
        TransformerService second = running.service(running.stack.newDirectory(), "num.standby.replicas", "1");
        List<String> later = Stream.generate(running::workspace).limit(6).toList();
        later.forEach(name -> running.send(name, TransformerServiceIT.create(session)));
        later.forEach(name -> running.awaitVersion(name, 1));
        first.destroyForcibly().waitFor();
        type(10);
        later.forEach(name -> running.send(name, ClientOps.of(session, 2, 1, new Noop())));
        awaitAll();
        later.forEach(name -> running.awaitVersion(name, 2));
        assertThat(second.threadsReplaced()).isZero();
    }

    @Test
    void shouldRepeatOnlyIdenticalBytesWhenTheOwnerIsFrozenBeyondItsSessionAndWakes() throws Exception {
        Process frozen = running.process(running.stack.newDirectory());
        type(200);
        awaitAll();
        type(2_000);
        Running.signal(frozen, "STOP");
        running.service(running.stack.newDirectory());
        type(200);
        awaitAll();
        Running.signal(frozen, "CONT");
        type(200);
        CanonicalChecker checker = awaitAll();
        frozen.destroyForcibly().waitFor();
        type(50);
        System.out.println("frozen beyond its session: " + awaitAll() + ", before the kill: " + checker);
    }

    @Test
    void shouldWriteOneHistoryWhenTransactionsAreUsed() throws Exception {
        Path directory = running.stack.newDirectory();
        Process process = running.process(directory, "processing.guarantee", "exactly_once_v2");
        type(150);
        awaitAll();
        type(100);
        process.destroyForcibly().waitFor();
        running.service(directory, "processing.guarantee", "exactly_once_v2");
        type(50);
        awaitAll();
    }

    @Test
    void shouldGoOnWhenInstancesComeAndGoWhileWritersType() {
        TransformerService one = running.service(running.stack.newDirectory());
        for (int round = 0; round < 3; round++) {
            type(100);
            TransformerService two = running.service(running.stack.newDirectory());
            type(100);
            one.close();
            type(100);
            awaitAll();
            one = two;
        }
    }
}
