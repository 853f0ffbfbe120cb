package dev.heddle.gateway.access;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.IncorrectClaimException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.MissingClaimException;
import io.jsonwebtoken.PrematureJwtException;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.security.SecurityException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Reads tokens: JWTs signed with HS256 or EdDSA by one of the keys that are set, which end, name a subject and list
 * workspaces. Everything else is refused. Thread-safe.
 */
final class Tokens {

    private static final int LENGTH_MAX = 8_192;
    private static final int SUBJECT_LENGTH_MAX = 128;
    private static final int GLOBS_MAX = 1_000;
    private static final int GLOB_LENGTH_MAX = 64;
    private static final long MS_PER_SECOND = 1_000;

    private final TokenSettings settings;
    private final TokenKeys keys;
    private final Source<Set<String>> revoked;
    private final JwtParser parser;

    Tokens(TokenSettings settings, LongSupplier nowMs) {
        this.settings = settings;
        this.keys = new TokenKeys(settings, nowMs);
        this.revoked = settings.revokedFile() == null ? null : new Source<>("heddle.gateway.jwt.revoked.file "
            + settings.revokedFile(), Set.of(), () -> Files.readAllBytes(settings.revokedFile()), Tokens::ids);
        JwtParserBuilder builder = Jwts.parser().keyLocator(keys).clock(() -> new Date(nowMs.getAsLong()))
            .clockSkewSeconds(settings.skewMs() / MS_PER_SECOND)
            .sig().clear().add(Jwts.SIG.HS256).add(Jwts.SIG.EdDSA).and();
        if (settings.issuer() != null) {
            builder.requireIssuer(settings.issuer());
        }
        if (settings.audience() != null) {
            builder.requireAudience(settings.audience());
        }
        this.parser = builder.build();
    }

    private static Set<String> ids(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).lines().map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
    }

    /** Reads keys and revocations for the first time; {@link IllegalArgumentException} where a file is unusable. */
    void load() {
        keys.load();
        String fault = revoked == null ? null : revoked.refresh();
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Reads keys and revocations again; blocks. */
    void refresh() {
        keys.refresh();
        if (revoked != null) {
            revoked.refresh();
        }
    }

    boolean isRevoked(String tokenId) {
        return tokenId != null && revoked != null && revoked.value().contains(tokenId);
    }

    /**
     * {@return what a token allows}
     *
     * @param token the token
     * @throws AccessException if it is not to be trusted, or no longer
     */
    Access read(String token) {
        if (token.length() > LENGTH_MAX) {
            throw AccessException.unauthenticated("token: " + token.length() + " characters (expected: at most "
                + LENGTH_MAX + ")");
        }
        Claims claims = claims(token);
        if (claims.getExpiration() == null) {
            throw AccessException.unauthenticated("token: has no exp (expected: when it ends)");
        }
        if (isRevoked(claims.getId())) {
            throw AccessException.ended("token: " + shown(claims.getId()) + " was revoked");
        }
        Object subject = claims.get(settings.subjectClaim());
        if (!(subject instanceof String name) || name.isBlank() || name.length() > SUBJECT_LENGTH_MAX) {
            throw AccessException.unauthenticated("token: " + settings.subjectClaim()
                + " (expected: a name of 1 to " + SUBJECT_LENGTH_MAX + " characters)");
        }
        long endsAtMs = claims.getExpiration().getTime() + settings.skewMs();
        return new Access(name, claims.getId(), endsAtMs, globs(claims, settings.readClaim()),
            globs(claims, settings.writeClaim()));
    }

    private Claims claims(String token) {
        try {
            return parser.parseSignedClaims(token).getPayload();
        } catch (ExpiredJwtException e) {
            throw AccessException.ended("token: ended at " + instant(e.getClaims().getExpiration()));
        } catch (PrematureJwtException e) {
            throw AccessException.unauthenticated("token: holds from " + instant(e.getClaims().getNotBefore())
                + " on");
        } catch (IncorrectClaimException | MissingClaimException e) {
            throw AccessException.unauthenticated("token: " + e.getClaimName() + " (expected: "
                + e.getClaimValue() + ")");
        } catch (SecurityException e) {
            throw AccessException.unauthenticated("token: signature (expected: by a key of this gateway)");
        } catch (UnsupportedJwtException e) {
            throw AccessException.unauthenticated("token: " + shown(e.getMessage())
                + " (expected: signed with HS256 or EdDSA by a key of this gateway)");
        } catch (JwtException | IllegalArgumentException e) {
            throw AccessException.unauthenticated("token: not a signed JWT");
        }
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    private static WorkspaceGlobs globs(Claims claims, String claim) {
        Object value = claims.get(claim);
        if (value == null) {
            return WorkspaceGlobs.NONE;
        }
        Collection<?> entries = value instanceof Collection<?> several ? several : List.of(value);
        List<String> globs = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof String glob) || glob.length() > GLOB_LENGTH_MAX || globs.size() >= GLOBS_MAX) {
                throw AccessException.unauthenticated("token: " + claim + " (expected: at most " + GLOBS_MAX
                    + " workspace names, * for any characters)");
            }
            globs.add(glob);
        }
        return new WorkspaceGlobs(globs);
    }

    private static String shown(String value) {
        String text = String.valueOf(value);
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
