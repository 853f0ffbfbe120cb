package dev.heddle.gateway;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.heddle.gateway.access.Anonymous;
import dev.heddle.gateway.access.Gatekeeper;
import dev.heddle.gateway.access.Loopback;
import dev.heddle.gateway.access.Origins;
import dev.heddle.gateway.access.TokenSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of who may come in: web pages, clients without a token, tokens and their keys. */
public final class AccessConfig {

    /** Web pages allowed besides the gateway's own. */
    public static final String ORIGINS = GatewayConfig.PREFIX + "origins.allowed";
    /** Whether clients without a token are let in. */
    public static final String ANONYMOUS = GatewayConfig.PREFIX + "anonymous";
    /** File of a shared secret. */
    public static final String SECRET_FILE = GatewayConfig.PREFIX + "jwt.hs256.key.file";
    /** File of public keys. */
    public static final String PUBLIC_KEY_FILE = GatewayConfig.PREFIX + "jwt.eddsa.key.file";
    /** File of keys as JWKS. */
    public static final String JWKS_FILE = GatewayConfig.PREFIX + "jwt.jwks.file";
    /** Address of keys as JWKS. */
    public static final String JWKS_URL = GatewayConfig.PREFIX + "jwt.jwks.url";
    /** How often that address is asked. */
    public static final String JWKS_URL_MS = GatewayConfig.PREFIX + "jwt.jwks.url.refresh.ms";
    /** File of revoked tokens. */
    public static final String REVOKED_FILE = GatewayConfig.PREFIX + "jwt.revoked.file";
    /** How often files are read again. */
    public static final String REFRESH_MS = GatewayConfig.PREFIX + "jwt.refresh.ms";
    /** How far clocks may differ. */
    public static final String SKEW_MS = GatewayConfig.PREFIX + "jwt.clock.skew.ms";
    /** Who tokens are from. */
    public static final String ISSUER = GatewayConfig.PREFIX + "jwt.issuer";
    /** Whom tokens are for. */
    public static final String AUDIENCE = GatewayConfig.PREFIX + "jwt.audience";
    /** Claim that names the author. */
    public static final String SUBJECT_CLAIM = GatewayConfig.PREFIX + "jwt.subject.claim";
    /** Claim that lists workspaces to read. */
    public static final String READ_CLAIM = GatewayConfig.PREFIX + "jwt.read.claim";
    /** Claim that lists workspaces to write. */
    public static final String WRITE_CLAIM = GatewayConfig.PREFIX + "jwt.write.claim";

    private final AbstractConfig config;

    AccessConfig(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef definition) {
        definition
            .define(ORIGINS, Type.LIST, List.of(),
                LambdaValidator.with(AccessConfig::checkOrigins, () -> "scheme://host[:port] or *"), Importance.HIGH,
                "Origins of web pages that may use this gateway besides its own, `https://host[:port]`, separated by "
                    + "commas; `*` for every page there is.")
            .define(ANONYMOUS, Type.STRING, Anonymous.LOOPBACK.word(),
                ConfigDef.ValidString.in(Anonymous.words().toArray(String[]::new)), Importance.HIGH,
                "Whether clients without a token are let in, to read and write everything: `loopback` where only this "
                    + "machine can reach the gateway and no keys of tokens are set, `always`, or `never`.");
        keys(definition);
        claims(definition);
    }

    private static void keys(ConfigDef definition) {
        optional(definition, SECRET_FILE, Importance.MEDIUM,
            "File that holds a shared secret of 32 bytes or more, for tokens signed with HS256.");
        optional(definition, PUBLIC_KEY_FILE, Importance.MEDIUM,
            "File that holds an Ed25519 (or Ed448) public key in PEM, or several, for tokens signed with EdDSA.");
        optional(definition, JWKS_FILE, Importance.MEDIUM,
            "File that holds keys of tokens as JWKS (`kty` `OKP` with `crv` `Ed25519` or `Ed448`, or `oct`).");
        definition.define(JWKS_URL, Type.STRING, null,
            LambdaValidator.with(AccessConfig::checkUrl, () -> "http://… or https://…"), Importance.MEDIUM,
            "Address that answers with keys of tokens as JWKS, http or https.");
        optional(definition, REVOKED_FILE, Importance.MEDIUM,
            "File of revoked tokens: one `jti` per line, `#` begins a comment. Sockets of revoked tokens are closed.");
        definition
            .define(JWKS_URL_MS, Type.LONG, 300_000L, between(1_000, 86_400_000), Importance.LOW,
                "How often the JWKS address is asked again, in milliseconds; sooner when a token names a key unknown "
                    + "here.")
            .define(REFRESH_MS, Type.LONG, 5_000L, between(50, 3_600_000), Importance.LOW,
                "How often the files of keys and revoked tokens are read again, in milliseconds.");
    }

    private static void claims(ConfigDef definition) {
        definition.define(SKEW_MS, Type.LONG, 30_000L, between(0, 300_000), Importance.LOW,
            "How far the clock of whoever makes tokens may differ from this one's, in milliseconds (whole seconds "
                + "count).");
        optional(definition, ISSUER, Importance.MEDIUM, "What `iss` of a token must be; anything where not set.");
        optional(definition, AUDIENCE, Importance.MEDIUM, "What `aud` of a token must hold; anything where not set.");
        definition
            .define(SUBJECT_CLAIM, Type.STRING, "sub", new ConfigDef.NonEmptyString(), Importance.LOW,
                "The claim that names the author of everything written with a token.")
            .define(READ_CLAIM, Type.STRING, "heddle_read", new ConfigDef.NonEmptyString(), Importance.LOW,
                "The claim that lists workspaces a token may read and follow: names, `*` for any characters.")
            .define(WRITE_CLAIM, Type.STRING, "heddle_write", new ConfigDef.NonEmptyString(), Importance.LOW,
                "The claim that lists workspaces a token may write (and read): names, `*` for any characters.");
    }

    private static void optional(ConfigDef definition, String name, Importance importance, String documentation) {
        definition.define(name, Type.STRING, null, importance, documentation);
    }

    private static void checkOrigins(String name, Object value) {
        try {
            new Origins(((List<?>) value).stream().map(String::valueOf).toList(), false);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }

    private static void checkUrl(String name, Object value) {
        if (value != null && !String.valueOf(value).matches("https?://[^/\\s]+\\S*")) {
            throw new ConfigException(name, value, "(expected: http://host/path or https://host/path)");
        }
    }

    /** {@return which web pages may use the gateway} */
    Origins origins() {
        return new Origins(config.getList(ORIGINS), Loopback.isLoopback(config.getString(GatewayConfig.HOST)));
    }

    /** {@return where keys come from and what tokens must say} */
    TokenSettings tokens() {
        String url = config.getString(JWKS_URL);
        return new TokenSettings(path(SECRET_FILE), path(PUBLIC_KEY_FILE), path(JWKS_FILE),
            url == null ? null : URI.create(url), config.getLong(JWKS_URL_MS), path(REVOKED_FILE),
            config.getLong(SKEW_MS), config.getString(ISSUER), config.getString(AUDIENCE),
            config.getString(SUBJECT_CLAIM), config.getString(READ_CLAIM), config.getString(WRITE_CLAIM));
    }

    private Path path(String name) {
        String value = config.getString(name);
        return value == null ? null : Path.of(value);
    }

    /**
     * {@return who says what clients may do; it has not read its keys yet}
     *
     * @param nowMs the time, milliseconds since 1970 UTC
     */
    Gatekeeper gatekeeper(LongSupplier nowMs) {
        TokenSettings tokens = tokens();
        return new Gatekeeper(tokens, Anonymous.of(config.getString(ANONYMOUS))
            .refusal(config.getString(GatewayConfig.HOST), tokens.withKeys()), nowMs);
    }
}
