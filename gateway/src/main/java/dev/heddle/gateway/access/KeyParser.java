package dev.heddle.gateway.access;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;

/** Reads keys of tokens as they are written in files; what is no key is an {@link IllegalArgumentException}. */
final class KeyParser {

    private static final int SECRET_BYTES_MIN = 32;
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    private KeyParser() {
    }

    /** {@return a shared secret: the bytes of the file without white space around them} */
    static List<TokenKey> secret(byte[] file) {
        byte[] secret = new String(file, StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("secret of " + secret.length + " bytes (expected: " + SECRET_BYTES_MIN
                + " or more)");
        }
        return List.of(new TokenKey(null, TokenKey.HS256, Keys.hmacShaKeyFor(secret)));
    }

    /** {@return Ed25519 or Ed448 public keys in PEM, as {@code openssl pkey -pubout} writes them} */
    static List<TokenKey> pem(byte[] file) {
        List<TokenKey> keys = new ArrayList<>();
        String text = new String(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(PEM_BEGIN);
        while (begin >= 0) {
            int end = text.indexOf(PEM_END, begin);
            if (end < 0) {
                throw new IllegalArgumentException("PEM without its last line (expected: " + PEM_END + ")");
            }
            keys.add(new TokenKey(null, TokenKey.EDDSA, eddsa(text.substring(begin + PEM_BEGIN.length(), end))));
            begin = text.indexOf(PEM_BEGIN, end);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key found (expected: PEM, beginning with " + PEM_BEGIN + ")");
        }
        return keys;
    }

    private static PublicKey eddsa(String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 or Ed448 public key: " + e.getMessage(), e);
        }
    }

    /** {@return the keys of a JWKS that are of a kind this gateway takes; others are left out} */
    static List<TokenKey> jwks(byte[] file) {
        List<TokenKey> keys = new ArrayList<>();
        try {
            for (Jwk<?> jwk : Jwks.setParser().build().parse(new ByteArrayInputStream(file)).getKeys()) {
                Key key = jwk.toKey();
                if (key instanceof SecretKey secret && secret.getEncoded().length >= SECRET_BYTES_MIN
                    && (jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(TokenKey.HS256))) {
                    keys.add(new TokenKey(jwk.getId(), TokenKey.HS256, Keys.hmacShaKeyFor(secret.getEncoded())));
                } else if (key instanceof EdECPublicKey) {
                    keys.add(new TokenKey(jwk.getId(), TokenKey.EDDSA, key));
                }
            }
        } catch (JwtException e) {
            throw new IllegalArgumentException("not a JWKS: " + e.getMessage(), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no usable key found (expected: kty OKP with crv Ed25519 or Ed448, or "
                + "kty oct with 32 bytes or more)");
        }
        return keys;
    }
}
