package dev.heddle.testkit.simulator;

import dev.heddle.CanonicalOp;
import dev.heddle.engine.text.Text;
import dev.heddle.schemas.topic.Topics;
import dev.heddle.snapshotter.fold.FileState;
import dev.heddle.snapshotter.store.StoredSnapshot;

/** What planted bugs make of records. */
final class Garbling {

    private Garbling() {
    }

    static byte[] otherAuthor(World world, byte[] value) {
        CanonicalOp record = world.serdes.canonicalOp().deserializer().deserialize(Topics.CANONICAL, value);
        return world.serdes.canonicalOp().serializer().serialize(Topics.CANONICAL,
            CanonicalOp.newBuilder(record).setAuthor("somebody else").build());
    }

    static byte[] snapshot(World world, byte[] value) {
        if (world.fault != Fault.SNAPSHOT_AHEAD && world.fault != Fault.SNAPSHOT_GARBLED) {
            return value;
        }
        StoredSnapshot was = world.codec.snapshot(value);
        int ahead = world.fault == Fault.SNAPSHOT_AHEAD ? 3 : 0;
        FileState state = was.state();
        FileState told = ahead > 0 || state.deleted() ? state : new FileState(state.file(), state.path(), false,
            state.version(), Text.of(state.text() + "?"), null);
        return world.codec.bytes(new StoredSnapshot(was.workspace(), told, was.version() + ahead, was.chainHash(),
            was.timeMs(), was.covered(), was.oldest()));
    }
}
