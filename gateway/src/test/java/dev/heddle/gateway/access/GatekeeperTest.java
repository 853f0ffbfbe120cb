package dev.heddle.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.EdECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {

    private static final long SKEW_MS = 30_000;

    @TempDir
    private Path folder;
    private final AtomicLong nowMs = new AtomicLong(1_790_000_000_000L);

    private TokenSettings settings(Path secret, Path pem, Path jwks, URI url, Path revoked, String audience) {
        return new TokenSettings(secret, pem, jwks, url, 60_000, revoked, SKEW_MS, null, audience, "sub",
            "heddle_read", "heddle_write");
    }

    private Gatekeeper loaded(TokenSettings settings) {
        Gatekeeper keeper = new Gatekeeper(settings, "the test says so", nowMs::get);
        keeper.load();
        return keeper;
    }

    private Path secretFile() {
        return TestTokens.file(folder, "secret", TestTokens.SECRET + "\n");
    }

    private Gatekeeper both() {
        return loaded(settings(secretFile(), TestTokens.file(folder, "key.pem", TestTokens.pem(TestTokens.EDDSA)), null,
            null, null, null));
    }

    private static void assertRefused(Gatekeeper keeper, String token, String code, String message) {
        AccessException refused = catchThrowableOfType(AccessException.class, () -> keeper.admit(token));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.entry().code()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused.getMessage()).contains(message);
        if (token != null && token.length() > 20) {
            assertThat(refused.getMessage()).as("tokens stay out of messages").doesNotContain(token);
        }
    }

    @Test
    void shouldTakeTokensOfBothKinds() {
        Gatekeeper keeper = both();
        Access ada = keeper.admit(TestTokens.signed(TestTokens.good("ada", nowMs.get()).id("t1")));
        assertThat(ada.subject()).isEqualTo("ada");
        assertThat(ada.tokenId()).isEqualTo("t1");
        assertThat(ada.endsAtMs()).isEqualTo(nowMs.get() + 3_600_000 + SKEW_MS);
        assertThat(ada.author("somebody else")).isEqualTo("ada");
        Access grace = keeper.admit(TestTokens.good("grace", nowMs.get())
            .signWith(TestTokens.EDDSA.getPrivate(), Jwts.SIG.EdDSA).compact());
        assertThat(grace.subject()).isEqualTo("grace");
        assertThat(grace.mayWrite("team-a")).isTrue();
        assertThat(grace.mayRead("team-a")).isTrue();
        assertThat(grace.mayRead("docs")).isTrue();
        assertThat(grace.mayWrite("docs")).isFalse();
        assertThat(grace.mayRead("other")).isFalse();
    }

    @Test
    void shouldRefuseWhenTheTokenIsNotSigned() {
        assertRefused(both(), TestTokens.good("ada", nowMs.get()).compact(), "UNAUTHENTICATED", "expected: signed");
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        String token = TestTokens.signed(TestTokens.good("ada", nowMs.get()));
        assertRefused(both(), header + token.substring(token.indexOf('.')), "UNAUTHENTICATED", "token:");
        assertRefused(both(), header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1),
            "UNAUTHENTICATED", "token:");
    }

    @Test
    void shouldRefuseWhenTheKeyIsAnother() {
        String hs256 = TestTokens.good("ada", nowMs.get()).signWith(
            Keys.hmacShaKeyFor("another secret of 32 bytes or more".getBytes(StandardCharsets.US_ASCII)),
            Jwts.SIG.HS256).compact();
        assertRefused(both(), hs256, "UNAUTHENTICATED", "signature");
        KeyPair other = TestTokens.pair("Ed25519");
        String eddsa = TestTokens.good("ada", nowMs.get()).signWith(other.getPrivate(), Jwts.SIG.EdDSA).compact();
        assertRefused(both(), eddsa, "UNAUTHENTICATED", "signature");
    }

    /** Whoever knows the public key could sign with it as if it were a shared secret. */
    @Test
    void shouldRefuseWhenAPublicKeyServesAsSecret() {
        Gatekeeper publicOnly = loaded(settings(null,
            TestTokens.file(folder, "key.pem", TestTokens.pem(TestTokens.EDDSA)), null, null, null, null));
        for (byte[] known : List.of(TestTokens.pem(TestTokens.EDDSA).getBytes(StandardCharsets.US_ASCII),
            TestTokens.EDDSA.getPublic().getEncoded())) {
            String token = TestTokens.good("mallory", nowMs.get())
                .signWith(Keys.hmacShaKeyFor(known), Jwts.SIG.HS256).compact();
            assertRefused(publicOnly, token, "UNAUTHENTICATED", "HS256");
            assertRefused(both(), token, "UNAUTHENTICATED", "signature");
        }
        Gatekeeper secretOnly = loaded(settings(secretFile(), null, null, null, null, null));
        assertRefused(secretOnly, TestTokens.good("mallory", nowMs.get())
            .signWith(TestTokens.EDDSA.getPrivate(), Jwts.SIG.EdDSA).compact(), "UNAUTHENTICATED", "EdDSA");
    }

    @Test
    void shouldRefuseOtherAlgorithmsWhateverTheirKey() {
        String hs512 = TestTokens.good("ada", nowMs.get()).signWith(Keys.hmacShaKeyFor(
            (TestTokens.SECRET + TestTokens.SECRET).getBytes(StandardCharsets.US_ASCII)), Jwts.SIG.HS512).compact();
        assertRefused(both(), hs512, "UNAUTHENTICATED", "token:");
        String rs256 = TestTokens.good("ada", nowMs.get())
            .signWith(Jwts.SIG.RS256.keyPair().build().getPrivate(), Jwts.SIG.RS256).compact();
        assertRefused(both(), rs256, "UNAUTHENTICATED", "token:");
    }

    @Test
    void shouldForgiveClocksThatDifferALittleAndNoMore() {
        Gatekeeper keeper = both();
        String ending = TestTokens.signed(TestTokens.good("ada", nowMs.get()).expiration(new Date(nowMs.get())));
        nowMs.addAndGet(SKEW_MS - 1_000);
        assertThat(keeper.admit(ending).subject()).isEqualTo("ada");
        nowMs.addAndGet(2_000);
        assertRefused(keeper, ending, "TOKEN_ENDED", "ended at");
        String early = TestTokens.signed(TestTokens.good("ada", nowMs.get())
            .notBefore(new Date(nowMs.get() + SKEW_MS + 2_000)));
        assertRefused(keeper, early, "UNAUTHENTICATED", "holds from");
        nowMs.addAndGet(3_000);
        assertThat(keeper.admit(early).subject()).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30.", "\u0000", "Bearer x", "....."})
    void shouldRefuseWhatIsNoToken(String text) {
        assertRefused(both(), text, "UNAUTHENTICATED", "token:");
    }

    @Test
    void shouldRefuseWhenAClaimIsMissingOrOfAnotherForm() {
        Gatekeeper keeper = loaded(settings(secretFile(), null, null, null, null, "heddle"));
        long now = nowMs.get();
        assertRefused(keeper, TestTokens.signed(TestTokens.good("ada", now)), "UNAUTHENTICATED", "aud");
        assertRefused(keeper, TestTokens.signed(TestTokens.good("ada", now).audience().add("other").and()),
            "UNAUTHENTICATED", "aud");
        assertThat(keeper.admit(TestTokens.signed(TestTokens.good("ada", now).audience().add("heddle").and()))
            .subject()).isEqualTo("ada");
        Gatekeeper any = both();
        assertRefused(any, TestTokens.signed(Jwts.builder().subject("ada")), "UNAUTHENTICATED", "exp");
        assertRefused(any, TestTokens.signed(TestTokens.good(null, now).claim("x", 1)), "UNAUTHENTICATED", "sub");
        assertRefused(any, TestTokens.signed(TestTokens.good("a".repeat(129), now)), "UNAUTHENTICATED", "sub");
        assertRefused(any, TestTokens.signed(TestTokens.good("ada", now).claim("heddle_write", Map.of("a", 1))),
            "UNAUTHENTICATED", "heddle_write");
        assertRefused(any, TestTokens.signed(TestTokens.good("ada", now).claim("heddle_read", List.of(1))),
            "UNAUTHENTICATED", "heddle_read");
        assertRefused(any, TestTokens.signed(TestTokens.good("ada", now).claim("pad", "p".repeat(9_000))),
            "UNAUTHENTICATED", "8192");
        Access none = any.admit(TestTokens.signed(Jwts.builder().subject("ada").expiration(new Date(now + 1_000))));
        assertThat(none.mayRead("docs")).as("no claim, no workspace").isFalse();
    }

    @Test
    void shouldChooseTheKeyByItsIdWhenAJwksHasSeveral() {
        KeyPair second = TestTokens.pair("Ed448");
        Path jwks = TestTokens.file(folder, "jwks.json", jwks(Map.of("k1", TestTokens.EDDSA, "k2", second)));
        Gatekeeper keeper = loaded(settings(null, null, jwks, null, null, null));
        String good = TestTokens.good("ada", nowMs.get()).header().keyId("k2").and()
            .signWith(second.getPrivate(), Jwts.SIG.EdDSA).compact();
        assertThat(keeper.admit(good).subject()).isEqualTo("ada");
        assertRefused(keeper, TestTokens.good("ada", nowMs.get()).header().keyId("k1").and()
            .signWith(second.getPrivate(), Jwts.SIG.EdDSA).compact(), "UNAUTHENTICATED", "signature");
        assertRefused(keeper, TestTokens.good("ada", nowMs.get())
            .signWith(second.getPrivate(), Jwts.SIG.EdDSA).compact(), "UNAUTHENTICATED", "kid");
        assertRefused(keeper, TestTokens.good("ada", nowMs.get()).header().keyId("k3").and()
            .signWith(second.getPrivate(), Jwts.SIG.EdDSA).compact(), "UNAUTHENTICATED", "k3");
    }

    private static String jwks(Map<String, KeyPair> pairs) {
        StringBuilder keys = new StringBuilder();
        pairs.forEach((id, pair) -> keys.append(keys.isEmpty() ? "" : ",").append(
            Jwks.json(Jwks.builder().octetKey((EdECPublicKey) pair.getPublic()).id(id).build())));
        return "{\"keys\":[" + keys + ",{\"kty\":\"EC\",\"crv\":\"unknown\"}]}";
    }

    @Test
    void shouldTakeAKeyThatItsAddressBeganToOfferWhenATokenNamesIt() throws IOException {
        AtomicReference<String> offered = new AtomicReference<>(jwks(Map.of("old", TestTokens.EDDSA)));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            byte[] body = offered.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            Gatekeeper keeper = loaded(settings(null, null, null, url, null, null));
            KeyPair fresh = TestTokens.pair("Ed25519");
            String token = TestTokens.good("ada", nowMs.get()).header().keyId("new").and()
                .signWith(fresh.getPrivate(), Jwts.SIG.EdDSA).compact();
            assertRefused(keeper, token, "UNAUTHENTICATED", "new");
            offered.set(jwks(Map.of("new", fresh)));
            nowMs.addAndGet(10_000);
            keeper.refresh();
            assertThat(keeper.admit(token).subject()).isEqualTo("ada");
            offered.set("not json");
            nowMs.addAndGet(60_000);
            keeper.refresh();
            assertThat(keeper.admit(token).subject()).as("what was read before stays in force").isEqualTo("ada");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldEndThoseWhoseTokenEndedOrWasRevoked() throws IOException {
        Path revoked = TestTokens.file(folder, "revoked", "# none yet\n");
        Gatekeeper keeper = loaded(settings(secretFile(), null, null, null, revoked, null));
        List<String> ended = new ArrayList<>();
        for (String id : List.of("t1", "t2")) {
            Access access = keeper.admit(TestTokens.signed(TestTokens.good("ada", nowMs.get()).id(id)));
            keeper.watch(access, refused -> ended.add(id + " " + refused.entry().code()));
        }
        Access gone = keeper.admit(TestTokens.signed(TestTokens.good("ada", nowMs.get()).id("t3")));
        keeper.watch(gone, refused -> ended.add("t3")).run();
        keeper.check();
        assertThat(ended).isEmpty();
        TestTokens.file(folder, "revoked", "# lost laptop\nt1\n");
        keeper.refresh();
        assertThat(ended).containsExactly("t1 TOKEN_ENDED");
        assertRefused(keeper, TestTokens.signed(TestTokens.good("ada", nowMs.get()).id("t1")), "TOKEN_ENDED",
            "revoked");
        nowMs.addAndGet(3_600_000 + SKEW_MS);
        keeper.check();
        keeper.check();
        assertThat(ended).containsExactly("t1 TOKEN_ENDED", "t2 TOKEN_ENDED");
    }

    @Test
    void shouldNameFileAndFaultWhenKeysCannotBeRead() {
        assertThatThrownBy(() -> loaded(settings(folder.resolve("none"), null, null, null, null, null)))
            .hasMessageContaining("hs256.key.file").hasMessageContaining("none");
        assertThatThrownBy(() -> loaded(settings(TestTokens.file(folder, "short", "short"), null, null, null, null,
            null))).hasMessageContaining("5 bytes").hasMessageContaining("32");
        assertThatThrownBy(() -> loaded(settings(TestTokens.file(folder, "empty", ""), null, null, null, null,
            null))).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> loaded(settings(null, TestTokens.file(folder, "pem", "no pem"), null, null, null,
            null))).hasMessageContaining("eddsa.key.file").hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> loaded(settings(null, null, TestTokens.file(folder, "j", "{}"), null, null, null)))
            .hasMessageContaining("jwks.file");
    }

    @Test
    void shouldLetClientsWithoutTokenInOnlyWhereTheSettingAndThePlaceAllowIt() {
        assertThat(Anonymous.LOOPBACK.refusal("127.0.0.1", false)).isNull();
        assertThat(Anonymous.LOOPBACK.refusal("localhost", false)).isNull();
        assertThat(Anonymous.LOOPBACK.refusal("::1", false)).isNull();
        assertThat(Anonymous.LOOPBACK.refusal("127.0.0.1", true)).contains("keys");
        assertThat(Anonymous.LOOPBACK.refusal("0.0.0.0", false)).contains("0.0.0.0");
        assertThat(Anonymous.LOOPBACK.refusal("10.1.2.3", false)).contains("no loopback address");
        assertThat(Anonymous.ALWAYS.refusal("0.0.0.0", true)).isNull();
        assertThat(Anonymous.NEVER.refusal("127.0.0.1", false)).contains("never");
        TokenSettings none = settings(null, null, null, null, null, null);
        assertThat(new Gatekeeper(none, null, nowMs::get).admit(null)).isEqualTo(Access.ANONYMOUS);
        assertRefused(new Gatekeeper(none, "the door is shut", nowMs::get), null, "UNAUTHENTICATED",
            "the door is shut");
        assertRefused(new Gatekeeper(none, null, nowMs::get), "a.b.c", "UNAUTHENTICATED", "has no keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-*:team-a", "team-*:team-", "*:anything", "a*b*c:a1b2c", "a*b*c:abc", "exact:exact",
        "**:x", "*-docs:team-docs", "a*a:aa", "*a*a*a*:xaxaxax"})
    void shouldMatchGlobs(String pair) {
        String[] parts = pair.split(":");
        assertThat(new WorkspaceGlobs(List.of(parts[0])).contains(parts[1])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-*:team", "exact:exactly", "exact:exac", "a*a:a", "a*b*c:acb", ".*:x", "*x:xy"})
    void shouldNotMatchMoreThanTheGlobSays(String pair) {
        String[] parts = pair.split(":");
        assertThat(new WorkspaceGlobs(List.of(parts[0])).contains(parts[1])).isFalse();
        assertThat(WorkspaceGlobs.NONE.contains(parts[1])).isFalse();
    }
}
