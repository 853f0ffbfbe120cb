package dev.heddle.schemas.serde;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Presence;
import dev.heddle.Rejection;
import dev.heddle.Snapshot;
import dev.heddle.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Puts the contract into the registry at the start of a service, so that no record is ever the first to find out. */
public final class SchemaRegistration {

    /** The compatibility rule of every subject: every version reads every other, in both directions. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    /** The records that stand alone in a topic. */
    private static final List<Schema> RECORDS = List.of(ClientOp.getClassSchema(), CanonicalOp.getClassSchema(),
        Rejection.getClassSchema(), Snapshot.getClassSchema(), Presence.getClassSchema(), Workspace.getClassSchema());

    private SchemaRegistration() {
    }

    /** {@return the schemas of the records that stand alone in a topic, as this program was built with them} */
    public static List<Schema> records() {
        return RECORDS;
    }

    /**
     * {@return the id of each record by its full name}. Where {@code auto.register.schemas} is false nothing is
     * written, and what is missing is an error. Any number of processes may do this at once, any number of times.
     *
     * @param client the registry
     * @throws SchemaNotFoundException      where a schema is missing and may not be registered
     * @throws SchemaRefusedException       where the registry finds one incompatible with what is there
     * @throws RegistryUnavailableException where the registry does not answer
     */
    public static Map<String, Integer> registerAll(SchemaRegistryClient client) {
        boolean register = client.config().getBoolean(AvroSerdeConfig.AUTO_REGISTER_SCHEMAS);
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Schema schema : RECORDS) {
            String subject = schema.getFullName();
            if (register) {
                ids.put(subject, client.register(subject, schema));
                client.ensureCompatibility(subject, COMPATIBILITY);
            } else {
                ids.put(subject, client.lookUp(subject, schema));
            }
        }
        return ids;
    }

    /**
     * Registers all records and reads them back, so that what was written with them needs no registry later.
     *
     * @param client the registry; its errors as of {@link #registerAll}
     * @return the id of each record by its full name
     */
    public static Map<String, Integer> registerAndRead(SchemaRegistryClient client) {
        Map<String, Integer> ids = registerAll(client);
        ids.values().forEach(client::schema);
        return ids;
    }
}
