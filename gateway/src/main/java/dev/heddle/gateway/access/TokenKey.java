package dev.heddle.gateway.access;

import java.security.Key;

/**
 * One key that tokens may be signed with. The algorithm belongs to the key, not to the token: a public key never serves
 * as a shared secret, whatever a token's header says.
 *
 * @param id        the key's id ({@code kid}), or null where it has none
 * @param algorithm {@link #HS256} or {@link #EDDSA}
 * @param key       a secret, or a public key
 */
record TokenKey(String id, String algorithm, Key key) {

    static final String HS256 = "HS256";
    static final String EDDSA = "EdDSA";
}
