package dev.heddle.transformer.processor;

import dev.heddle.CanonicalOp;
import dev.heddle.ClientOp;
import dev.heddle.Rejection;
import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.RejectedOperation;
import dev.heddle.schemas.codec.OperationCodec;
import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.serde.HeddleSerdes;
import dev.heddle.schemas.serde.RegistryUnavailableException;
import dev.heddle.schemas.topic.Topics;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;

/** Bytes to records and back. Thread-safe as far as the serdes are. */
public final class Records {

    private final Serde<ClientOp> clientOps;
    private final Serde<CanonicalOp> canonicalOps;
    private final Serde<Rejection> rejections;
    private final Via via;

    /**
     * Reads and writes with these serdes.
     *
     * @param serdes the serdes of the contract
     * @param via    tells what gateways wrote
     */
    public Records(HeddleSerdes serdes, Via via) {
        this.via = Objects.requireNonNull(via, "via");
        Objects.requireNonNull(serdes, "serdes");
        this.clientOps = serdes.clientOp();
        this.canonicalOps = serdes.canonicalOp();
        this.rejections = serdes.rejection();
    }

    /**
     * {@return the submitted record that an input holds}
     *
     * @param input the record as read
     * @throws UnreadableException          where it holds none, whatever the cause
     * @throws RegistryUnavailableException where its schema could not be looked up just now
     */
    public ClientOp clientOp(Input input) throws UnreadableException {
        if (input.value() == null || input.value().length == 0) {
            throw new UnreadableException("record without a value (expected: a dev.heddle.ClientOp)");
        }
        try {
            return clientOps.deserializer().deserialize(input.topic(), input.value());
        } catch (RegistryUnavailableException away) {
            throw away;
        } catch (SerializationException malformed) {
            throw new UnreadableException(malformed.getMessage());
        }
    }

    /**
     * {@return how an input came into its log: {@link Via#GATEWAY} or {@link Via#KAFKA}}
     *
     * @param input the record as read
     */
    public String via(Input input) {
        Header header = input.headers().lastHeader(Via.HEADER);
        return via.of(input.topic(), header == null ? null : header.value(), input.value());
    }

    /**
     * {@return the value of a canonical record}
     *
     * @param operation what it says
     * @param said      how it came into the raw log
     */
    public byte[] bytes(CanonicalOperation operation, String said) {
        return canonicalOps.serializer().serialize(Topics.CANONICAL, OperationCodec.canonicalOp(operation, said));
    }

    /**
     * {@return the value of a rejection}
     *
     * @param rejected what it says
     */
    public byte[] bytes(RejectedOperation rejected) {
        return rejections.serializer().serialize(Topics.REJECTIONS, OperationCodec.rejection(rejected));
    }

    /**
     * {@return what a stored canonical value says}
     *
     * @param value bytes once sent
     */
    public CanonicalOperation canonical(byte[] value) {
        return OperationCodec.canonical(canonicalOps.deserializer().deserialize(Topics.CANONICAL, value));
    }

    /**
     * {@return what a stored rejection says}
     *
     * @param value bytes once sent
     */
    public RejectedOperation rejected(byte[] value) {
        return OperationCodec.rejected(rejections.deserializer().deserialize(Topics.REJECTIONS, value));
    }
}
