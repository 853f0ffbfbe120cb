package dev.heddle.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.embedded.Ports;
import dev.heddle.teststack.HeddleRest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command as a process of its own: what the terminal shows and how it ends. */
class DevIT {

    private final int port = Ports.free();
    private final int kafkaPort = Ports.free();
    private final int registryPort = Ports.free();
    private final List<String> terminal = new ArrayList<>();
    private Process process;
    private BufferedReader output;

    @TempDir
    private Path temp;

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldShowEachPartServeTheDemoAndStopCleanlyBySignal() throws Exception {
        start("--demo");
        awaitLine("Heddle is ready: http://localhost:" + port);
        assertThat(terminal).filteredOn(each -> each.startsWith("  ")).hasSize(Part.values().length)
            .anySatisfy(each -> assertThat(each).matches("  broker +127\\.0\\.0\\.1:" + kafkaPort + " +[0-9,]+ ms"));
        HeddleRest rest = new HeddleRest("127.0.0.1:" + port);
        assertThat(rest.send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
        assertThat(rest.json("/api/workspaces/demo/files")).hasSize(Demo.FILES.size());
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        // By its handle: the process itself would close the stream with its last words as well.
        process.toHandle().destroy();

        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        drain();
        assertThat(terminal).anySatisfy(each -> assertThat(each).startsWith("Stopped in "));
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(temp.resolve("data/logs/heddle.log")).isNotEmptyFile();
        assertThat(Files.readString(temp.resolve("data/logs/heddle.log"))).doesNotContain("did not stop cleanly");
    }

    @Test
    void shouldLeaveNoRegistryBehindWhenKilled() throws Exception {
        start();
        awaitLine("Heddle is ready: http://localhost:" + port);
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        process.destroyForcibly();

        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void shouldNamePortAndFlagWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(kafkaPort, 1, InetAddress.getByName("127.0.0.1"))) {
            start();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            drain();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(terminal).containsExactly("heddle dev: port " + taken.getLocalPort()
                + " on 127.0.0.1 is already in use; stop what uses it or choose another with --kafka-port");
        }
    }

    @Test
    void shouldNameTheDirectoryWhenItCannotBeUsed() throws Exception {
        Files.writeString(temp.resolve("data"), "in the way");
        start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        drain();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(terminal).containsExactly("heddle dev: data directory " + temp.resolve("data")
            + " cannot be used: " + temp.resolve("data") + " is a file; choose another with --data-dir");
    }

    private void start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
            "-Dheddle.registry.home=" + System.getProperty("heddle.registry.home"),
            "-jar", Path.of(System.getProperty("heddle.root"), "standalone", "target", "heddle.jar").toString(),
            "--port", String.valueOf(port), "--kafka-port", String.valueOf(kafkaPort),
            "--registry-port", String.valueOf(registryPort), "--data-dir", temp.resolve("data").toString()));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void awaitLine(String wanted) throws IOException {
        BufferedReader reader = reader();
        String line = reader.readLine();
        while (line != null && !line.equals(wanted)) {
            terminal.add(line);
            line = reader.readLine();
        }
        assertThat(line).as(terminal.toString()).isEqualTo(wanted);
    }

    private void drain() throws IOException {
        BufferedReader reader = reader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            terminal.add(line);
        }
    }

    private BufferedReader reader() {
        if (output == null) {
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }
        return output;
    }
}
