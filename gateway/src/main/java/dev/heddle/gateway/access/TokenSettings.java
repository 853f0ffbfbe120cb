package dev.heddle.gateway.access;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where keys come from and what tokens must say; what is not set is null.
 *
 * @param secretFile   a shared secret for HS256
 * @param publicKeys   Ed25519 public keys in PEM
 * @param jwksFile     keys as JWKS
 * @param jwksUrl      an address that answers with a JWKS
 * @param jwksUrlMs    how often that address is asked again, in milliseconds
 * @param revokedFile  ids ({@code jti}) of revoked tokens, one per line
 * @param skewMs       how far clocks may differ, in milliseconds
 * @param issuer       what {@code iss} must be
 * @param audience     what {@code aud} must hold
 * @param subjectClaim the claim that names the author
 * @param readClaim    the claim that lists workspaces to read
 * @param writeClaim   the claim that lists workspaces to write
 */
public record TokenSettings(Path secretFile, Path publicKeys, Path jwksFile, URI jwksUrl, long jwksUrlMs,
                            Path revokedFile, long skewMs, String issuer, String audience, String subjectClaim,
                            String readClaim, String writeClaim) {

    /** {@return whether any keys are set, so that there can be tokens} */
    public boolean withKeys() {
        return secretFile != null || publicKeys != null || jwksFile != null || jwksUrl != null;
    }
}
