package dev.heddle.snapshotter.read;

import dev.heddle.snapshotter.store.Shard;

/** Where a workspace is read. */
public sealed interface Owner {

    /** This instance holds the shard.
     *
     * @param shard the shard
     */
    record Here(Shard shard) implements Owner {
    }

    /** Another instance holds the shard.
     *
     * @param host its host
     * @param port its port of the read API
     */
    record There(String host, int port) implements Owner {
    }

    /** Nobody holds the shard just now: it is being restored or moved. */
    record Nobody() implements Owner {
    }

    /** Finds out where a workspace is read. Called on event loops: it must be quick and never block. */
    @FunctionalInterface
    interface Locator {
        /**
         * {@return where the workspace is read}
         *
         * @param workspace its name
         */
        Owner locate(String workspace);
    }
}
