package dev.heddle.gateway.access;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says what each client may do, by its token or the lack of one, and watches that those who are in still may.
 * Thread-safe.
 */
public final class Gatekeeper {

    private record Watch(Access access, Consumer<AccessException> end) {
    }

    private final Tokens tokens;
    private final String anonymousRefusal;
    private final LongSupplier nowMs;
    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();

    /**
     * A gatekeeper that has not read its keys yet.
     *
     * @param settings         where keys come from and what tokens must say
     * @param anonymousRefusal why clients without a token are refused, or null if they are let in
     * @param nowMs            the time, milliseconds since 1970 UTC
     */
    public Gatekeeper(TokenSettings settings, String anonymousRefusal, LongSupplier nowMs) {
        this.tokens = settings.withKeys() ? new Tokens(settings, nowMs) : null;
        this.anonymousRefusal = anonymousRefusal;
        this.nowMs = nowMs;
    }

    /**
     * Reads keys and revocations.
     *
     * @throws IllegalArgumentException where a file is missing or has nothing usable; it names setting and file
     */
    public void load() {
        if (tokens != null) {
            tokens.load();
        }
    }

    /** Reads keys and revocations again and ends those whose token was revoked; blocks. */
    public void refresh() {
        if (tokens != null) {
            tokens.refresh();
            check();
        }
    }

    /** {@return why clients without a token are refused, or null if they are let in} */
    public String anonymousRefusal() {
        return anonymousRefusal;
    }

    /**
     * {@return what a client may do}
     *
     * @param token its token, or null where it brings none
     * @throws AccessException if it is not let in
     */
    public Access admit(String token) {
        if (token != null) {
            if (tokens == null) {
                throw AccessException.unauthenticated("token: none can be checked, as this gateway has no keys "
                    + "(expected: heddle.gateway.jwt.* names some)");
            }
            return tokens.read(token);
        }
        if (anonymousRefusal != null) {
            throw AccessException.unauthenticated("token: missing (expected: a token, as " + anonymousRefusal + ")");
        }
        return Access.ANONYMOUS;
    }

    /**
     * Watches a client that stays connected.
     *
     * @param access what it was let in with
     * @param end    told once why it may not go on; any thread, must be quick
     * @return ends the watch, as the client went away; idempotent
     */
    public Runnable watch(Access access, Consumer<AccessException> end) {
        if (access.endsAtMs() == Long.MAX_VALUE) {
            return () -> { };
        }
        Watch watch = new Watch(access, end);
        watched.add(watch);
        return () -> watched.remove(watch);
    }

    /** Ends those whose token has ended or was revoked; call it every second or so. */
    public void check() {
        long now = nowMs.getAsLong();
        for (Watch watch : watched) {
            String why = now >= watch.access().endsAtMs() ? "has ended"
                : tokens.isRevoked(watch.access().tokenId()) ? "was revoked" : null;
            if (why != null && watched.remove(watch)) {
                watch.end().accept(AccessException.ended("token: that of " + watch.access().subject() + " " + why
                    + " (expected: connect again with a new one)"));
            }
        }
    }
}
