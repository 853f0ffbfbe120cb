package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.command.HeddleCommand;
import dev.heddle.cli.command.World;
import dev.heddle.cli.render.Console;
import dev.heddle.engine.text.Change;
import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import dev.heddle.schemas.topic.TopicAdmin;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.teststack.ClientOps;
import dev.heddle.teststack.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Goal: a workspace that moves to the shared topic and back while ten people and programs write to it loses nothing,
 * doubles nothing, and can be proven from its raw logs.
 */
class MoveIT {

    private static final int WRITERS_OF_EACH_KIND = 5;
    private static final int BETWEEN_MOVES = 5;

    private final RunningHeddle heddle = RunningHeddle.shared();

    @Test
    @Timeout(180)
    void shouldHoldEachOperationOnceWhenAWorkspaceMovesThereAndBackWhileTenWrite() throws Exception {
        String name = heddle.workspace("moving").name();
        heddle.rest().send("PUT", "/api/workspaces/" + name + "/files/log.txt", "", "Content-Type", "text/plain");
        AtomicBoolean stop = new AtomicBoolean();
        List<MoveWriter> writers = new ArrayList<>();
        try (PlainWriters plain = new PlainWriters(heddle, name)) {
            for (int i = 0; i < WRITERS_OF_EACH_KIND; i++) {
                writers.add(new MoveWriter("g" + i, stop, (session, seq, line) -> throughGateway(name, session, seq,
                    line)));
                writers.add(new MoveWriter("k" + i, stop, (session, seq, line) -> plain.write(
                    ClientOps.of(session, seq, 1, ClientOps.edit("log.txt", List.of(new Change(0, 0, line)))))));
            }
            writers.forEach(MoveWriter::start);
            awaitProgress(writers);
            assertThat(command("ws", "move", name, "--to", "shared")).contains("goes on in topic heddle.ops.");
            awaitProgress(writers);
            assertThat(command("ws", "move", name, "--to", "own")).contains("goes on in topic").contains("." + name);
            awaitProgress(writers);
            assertThat(command("ws", "move", name, "--to", "own")).contains("already");
            stop.set(true);
            for (MoveWriter writer : writers) {
                writer.await();
            }
        }

        Map<String, Integer> lines = new TreeMap<>();
        String text = heddle.rest().send("GET", "/api/workspaces/" + name + "/files/log.txt", null).body();
        text.lines().forEach(line -> lines.merge(line, 1, Integer::sum));
        Map<String, Integer> written = new TreeMap<>();
        writers.forEach(writer -> writer.lines().forEach(line -> written.put(line, 1)));
        assertThat(lines).isEqualTo(written);
        assertThat(writers).as("somebody wrote while the log moved").anyMatch(writer -> writer.refusals() > 0);
        assertThat(command("verify", name)).contains("proven");
        assertThat(command("tail", name, "--raw", "-n", "1")).contains("#2:");
    }

    @Test
    @Timeout(120)
    void shouldBeTheSameWorkspaceElsewhereWhenItIsCopiedToAnotherCluster() throws Exception {
        String name = heddle.workspace("copied").name();
        String files = "/api/workspaces/" + name + "/files/";
        for (String text : List.of("one", "one two", "one two three")) {
            heddle.rest().send("PUT", files + "a.txt", text, "Content-Type", "text/plain");
        }
        command("ws", "move", name, "--to", "shared");
        int status = 503;
        while (status == 503) {
            status = heddle.rest().send("PUT", files + "b/c.txt", "ü😀", "Content-Type", "text/plain").statusCode();
        }
        assertThat(status).isIn(200, 201);
        try (TestStack other = TestStack.start(); Admin admin = other.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(20)).ensure(Topics.shared(7));
            SchemaRegistration.registerAll(SchemaRegistryClient.create(
                Map.of("schema.registry.url", other.registryUrl())));
            String version = command("ws", "show", name).replaceAll("(?s).*version +([0-9]+).*", "$1");
            assertThat(command("ws", "copy", name, "--to-kafka", other.bootstrapServers(), "--to-registry",
                other.registryUrl())).contains("come to version " + version);
            assertThat(at(other, "ws", "show", name)).containsPattern("version +" + version);
            assertThat(at(other, "cat", name, "a.txt")).isEqualTo("one two three");
            assertThat(at(other, "cat", name, "b/c.txt")).isEqualTo("ü😀");
            assertThat(at(other, "cat", name, "a.txt", "--version", "2")).isEqualTo("one two");
        }
    }

    private static String at(TestStack other, String... arguments) {
        return command(other.bootstrapServers(), other.registryUrl(), arguments);
    }

    private static void awaitProgress(List<MoveWriter> writers) throws InterruptedException {
        for (MoveWriter writer : writers) {
            writer.await(writer.written() + BETWEEN_MOVES);
        }
    }

    private boolean throughGateway(String workspace, String session, long seq, String line) {
        HttpResponse<String> answer = heddle.rest().send("PATCH", "/api/workspaces/" + workspace + "/files/log.txt",
            "{\"kind\":\"edit\",\"base\":1,\"changes\":[{\"at\":0,\"delete\":0,\"insert\":\"" + line.strip() + "\\n"
                + "\"}]}", "Content-Type", "application/json", "Heddle-Session", session, "Heddle-Seq",
            Long.toString(seq));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
        return answer.statusCode() == 200;
    }

    private String command(String... arguments) {
        return command(heddle.kafka(), heddle.registryUrl(), arguments);
    }

    private static String command(String kafka, String registry, String[] arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--kafka", kafka, "--registry", registry));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exitCode = HeddleCommand.run(new World(new Console(both, both, false, Map.of()),
            InputStream.nullInputStream(), Clock.systemUTC(), UUID::randomUUID,
            milliseconds -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds)),
            Path.of("").toAbsolutePath()), command.toArray(String[]::new));
        String output = printed.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as(output).isZero();
        return output;
    }

    /** {@return a session for a writer} */
    static String session() {
        return UUID.randomUUID().toString();
    }
}
