package dev.heddle.testkit.simulator;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.FileReference;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.schemas.codec.OperationCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plain Kafka producer without idempotence: writes records to the raw log itself, chains them without waiting, sends
 * some of them twice, long after as well, and at times something that is no record at all.
 */
final class PlainWriter {

    private final World world;
    private final String workspace;
    private final Typist typist;
    private final Producer producer;
    private final List<byte[]> sent = new ArrayList<>();
    private String session;
    private long seq;
    private long base;

    PlainWriter(World world, String workspace) {
        this.world = world;
        this.workspace = workspace;
        this.typist = new Typist(world);
        this.producer = new Producer(world.timeline, world.dice, world.settings.slowMs());
        this.session = world.dice.uuid();
    }

    void start() {
        world.timeline.after(world.dice.below(world.settings.pauseMs() * 3 + 1), () -> {
            if (!world.calm()) {
                write();
                start();
            }
        });
    }

    private void write() {
        int what = world.dice.below(100);
        if (what < 3) {
            world.totals.count("garbage");
            send(("garbage " + what).getBytes(StandardCharsets.UTF_8));
        } else if (what < 4) {
            world.totals.count("garbage");
            send(null);
        } else if (what < 15 && !sent.isEmpty()) {
            world.totals.count("raw repeats");
            send(world.dice.one(sent));
        } else {
            submit(what < 20);
        }
    }

    private void submit(boolean asSomebodyElse) {
        if (asSomebodyElse) {
            session = world.dice.uuid();
            seq = 0;
        }
        long head = world.watch.chronicle().versions(workspace);
        base = Math.max(seq == 0 ? 0 : base, Math.max(0, head - world.dice.below(8)));
        Submission submission = new Submission(session, ++seq, base, seq == 1 ? null : seq - 1,
            "writer", operation(), 0, 0);
        byte[] value = world.serdes.clientOp().serializer().serialize(world.rawLog(workspace).topic(),
            OperationCodec.clientOp(submission));
        sent.add(value);
        world.totals.count("plain records");
        send(value);
        if (world.dice.chance(100)) {
            world.totals.count("raw repeats");
            send(value);
        }
    }

    /** An edit of a file as of the base, only where nothing of its own lies in between. */
    private Operation operation() {
        Set<String> files = new TreeSet<>();
        for (long version = 1; version <= base; version++) {
            CanonicalOperation operation = world.watch.chronicle().operation(workspace, version);
            if (operation.file() != null) {
                files.add(operation.file());
            }
        }
        FileImage file = files.isEmpty() ? null
            : world.watch.chronicle().file(workspace, world.dice.one(List.copyOf(files)), base);
        if (file == null || file.deleted() || world.dice.chance(200)) {
            return typist.operation(files);
        }
        return new Operation.Edit(FileReference.ofFile(file.file()),
            Changes.toChanges(typist.edit(file.text()), null));
    }

    private void send(byte[] value) {
        producer.send(world.rawLog(workspace), workspace.getBytes(StandardCharsets.UTF_8), value);
    }

    boolean atRest() {
        return producer.idle();
    }
}
