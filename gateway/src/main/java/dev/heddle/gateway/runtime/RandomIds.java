package dev.heddle.gateway.runtime;

import java.util.UUID;
import java.util.function.Supplier;

/** Random session ids, for requests that bring none. Thread-safe. */
public final class RandomIds implements Supplier<String> {

    @Override
    public String get() {
        return UUID.randomUUID().toString();
    }
}
