package dev.heddle.transformer.processor;

import dev.heddle.ClientOp;
import dev.heddle.Delete;
import dev.heddle.Noop;
import dev.heddle.Rename;
import dev.heddle.engine.text.Change;
import dev.heddle.teststack.ClientOps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Raw logs of random work: several writers, several files, stale bases, repeats, gaps, garbage, everything. */
final class Typing {

    private final Random random;
    private final World world;
    private final List<String> sessions = new ArrayList<>();
    private final Map<String, Long> next = new HashMap<>();
    private final List<ClientOp> sent = new ArrayList<>();
    private final List<String> paths = new ArrayList<>(List.of("a.txt"));
    private final World.Instance reader;

    /** Types into a world; an instance reads along, so that writers know the version. */
    Typing(World world, Random random) {
        this.world = world;
        this.reader = world.fromChangelog();
        this.random = random;
        for (int i = 0; i < 3; i++) {
            sessions.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
    }

    /** {@return the instance that reads along, nothing of it flushed} */
    World.Instance reader() {
        return reader;
    }

    /** Appends records. */
    void append(int count) {
        for (int i = 0; i < count; i++) {
            int kind = sent.isEmpty() ? 20 : random.nextInt(100);
            if (kind < 3) {
                world.append(("garbage " + random.nextInt()).getBytes(StandardCharsets.UTF_8));
            } else if (kind < 4) {
                world.append((byte[]) null);
            } else if (kind < 9) {
                world.append(sent.get(random.nextInt(sent.size())));
            } else if (kind < 12) {
                submit(session(), 7, new Noop());
            } else {
                submit(session(), 0, operation());
            }
            reader.readAll();
        }
    }

    private String session() {
        return sessions.get(random.nextInt(sessions.size()));
    }

    private void submit(String session, long skip, Object operation) {
        long seq = next.getOrDefault(session, 1L) + skip;
        if (skip == 0) {
            next.put(session, seq + 1);
        }
        ClientOp op = ClientOps.of(session, seq, Math.max(0, reader.version() - random.nextInt(6)), operation);
        sent.add(op);
        world.append(op);
    }

    private Object operation() {
        String path = paths.get(random.nextInt(paths.size()));
        int kind = sent.isEmpty() ? 0 : random.nextInt(20);
        if (kind == 0) {
            String made = sent.isEmpty() ? "a.txt" : "f" + random.nextInt(1_000) + ".txt";
            paths.add(made);
            return ClientOps.create(made, "text of " + made);
        }
        if (kind == 1) {
            return Rename.newBuilder().setPath(path).setTo("r" + random.nextInt(1_000) + ".txt").build();
        }
        if (kind == 2 && paths.size() > 3) {
            return Delete.newBuilder().setPath(path).build();
        }
        if (kind == 3) {
            return new Noop();
        }
        return ClientOps.edit(path, List.of(new Change(random.nextInt(4), random.nextInt(2), "é" + random.nextInt(9))));
    }
}
