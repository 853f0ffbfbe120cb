package dev.heddle.gateway.access;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;

/** Makes keys and tokens for tests. */
public final class TestTokens {

    public static final String SECRET = "a secret of the tests, 32 bytes or more of it";
    public static final SecretKey HS256 = Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.US_ASCII));
    public static final KeyPair EDDSA = pair("Ed25519");

    private TestTokens() {
    }

    /** A token's content that is good at a time, for an hour. */
    public static JwtBuilder good(String subject, long nowMs) {
        return Jwts.builder().subject(subject).expiration(new Date(nowMs + 3_600_000))
            .claim("heddle_write", List.of("team-*")).claim("heddle_read", List.of("docs"));
    }

    public static String signed(JwtBuilder builder) {
        return builder.signWith(HS256, Jwts.SIG.HS256).compact();
    }

    public static KeyPair pair(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    public static Path file(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
