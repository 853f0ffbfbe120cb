package dev.heddle.schemas.serde;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Presence;
import dev.heddle.Rejection;
import dev.heddle.Snapshot;
import dev.heddle.Workspace;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serdes of all records over one shared registry client. Each call makes a new serde; any thread may use it. */
public final class HeddleSerdes {

    private final SchemaRegistryClient registry;

    private HeddleSerdes(SchemaRegistryClient registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * {@return serdes over a client}
     *
     * @param registry the client
     */
    public static HeddleSerdes of(SchemaRegistryClient registry) {
        return new HeddleSerdes(registry);
    }

    /** {@return a serde of operations as submitted} */
    public Serde<ClientOp> clientOp() {
        return serde(ClientOp.getClassSchema());
    }

    /** {@return a serde of accepted operations} */
    public Serde<CanonicalOp> canonicalOp() {
        return serde(CanonicalOp.getClassSchema());
    }

    /** {@return a serde of refused operations} */
    public Serde<Rejection> rejection() {
        return serde(Rejection.getClassSchema());
    }

    /** {@return a serde of snapshots} */
    public Serde<Snapshot> snapshot() {
        return serde(Snapshot.getClassSchema());
    }

    /** {@return a serde of presence} */
    public Serde<Presence> presence() {
        return serde(Presence.getClassSchema());
    }

    /** {@return a serde of workspaces} */
    public Serde<Workspace> workspace() {
        return serde(Workspace.getClassSchema());
    }

    private <T extends SpecificRecord> Serde<T> serde(Schema schema) {
        return Serdes.serdeFrom(new AvroSerializer<>(registry), new AvroDeserializer<>(registry, schema));
    }
}
