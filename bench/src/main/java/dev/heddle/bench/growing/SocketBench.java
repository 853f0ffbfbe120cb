package dev.heddle.bench.growing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a socket costs a running gateway: heap by the gateway's own process before and after so many sockets say hello,
 * and processor time for each operation that all of them are sent.
 */
public final class SocketBench {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final int OPERATIONS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String gateway;
    private final String process;
    private final AtomicLong received = new AtomicLong();

    private SocketBench(String gateway, String process) {
        this.gateway = gateway;
        this.process = process;
    }

    /**
     * Measures and prints.
     *
     * @param arguments the gateway's host and port, its process id, the number of sockets
     * @throws Exception where the gateway or its process do not answer
     */
    public static void main(String[] arguments) throws Exception {
        new SocketBench(arguments[0], arguments[1]).run(Integer.parseInt(arguments[2]));
        System.exit(0);
    }

    private void run(int sockets) throws Exception {
        String workspace = "sockets-" + UUID.randomUUID().toString().substring(0, 8);
        send("POST", "/api/workspaces", "application/json", "{\"name\":\"" + workspace + "\"}");
        send("PUT", "/api/workspaces/" + workspace + "/files/a.txt", "text/plain", "a\n");
        long before = heapKilobytes();
        List<WebSocket> open = new ArrayList<>();
        CountDownLatch welcomed = new CountDownLatch(sockets);
        for (int i = 0; i < sockets; i++) {
            open.add(connect(workspace, welcomed));
        }
        if (!welcomed.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(welcomed.getCount() + " sockets were not welcomed");
        }
        long after = heapKilobytes();
        System.out.printf(Locale.ROOT, "%d sockets: %.1f KB of heap each%n", sockets,
            (after - before) / (double) sockets);
        received.set(0);
        double cpu = cpuSeconds();
        for (int i = 0; i < OPERATIONS; i++) {
            send("PUT", "/api/workspaces/" + workspace + "/files/a.txt", "text/plain", "a" + i + "\n");
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (received.get() < (long) OPERATIONS * sockets && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        double used = cpuSeconds() - cpu;
        System.out.printf(Locale.ROOT, "%d operations to %d sockets: %.2f s of processor time of the process, %.1f "
            + "µs for each message sent%n", OPERATIONS, sockets, used, used * 1e6 / received.get());
        open.forEach(WebSocket::abort);
    }

    private WebSocket connect(String workspace, CountDownLatch welcomed) {
        WebSocket socket = http.newWebSocketBuilder().subprotocols("heddle.v1").buildAsync(
            URI.create("ws://" + gateway + "/api/workspaces/" + workspace + "/socket"), new WebSocket.Listener() {
                private boolean first = true;

                @Override
                public java.util.concurrent.CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                    if (last && first) {
                        first = false;
                        welcomed.countDown();
                    } else if (last) {
                        received.incrementAndGet();
                    }
                    from.request(1);
                    return null;
                }
            }).join();
        socket.sendText("{\"type\":\"hello\",\"session\":\"" + UUID.randomUUID() + "\"}", true).join();
        return socket;
    }

    private void send(String method, String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://" + gateway + path))
            .header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private long heapKilobytes() throws IOException, InterruptedException {
        command("GC.run");
        command("GC.run");
        Matcher used = USED.matcher(command("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("no heap in the answer of jcmd");
        }
        return Long.parseLong(used.group(1));
    }

    private String command(String what) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder("jcmd", process, what).redirectErrorStream(true).start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd " + process + " " + what + ": " + output);
        }
        return output;
    }

    private double cpuSeconds() {
        return ProcessHandle.of(Long.parseLong(process)).flatMap(handle -> handle.info().totalCpuDuration())
            .orElseThrow().toNanos() / 1e9;
    }
}
