package dev.heddle.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which web pages may use this gateway. A browser says in {@code Origin} which page a request comes from; without the
 * header no page of another origin is behind it that could write or read.
 *
 * <p>A gateway on a loopback address serves whoever is on the machine, and every page a person there looks at runs on
 * it too. So there the name the request was sent to counts as well: a page whose own name was made to point to this
 * machine (DNS rebinding) has that name in {@code Host}. Immutable; any thread.
 */
public final class Origins {

    private static final String ANY = "*";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Set<String> allowed = new TreeSet<>();
    private final Set<String> allowedHosts = new TreeSet<>();
    private final boolean any;
    private final boolean loopback;

    /**
     * The rule.
     *
     * @param allowed  origins allowed besides the gateway's own, as {@code scheme://host[:port]}, or {@code *} for all
     * @param loopback whether the gateway listens on a loopback address
     * @throws IllegalArgumentException where one is not an origin; it names it
     */
    public Origins(List<String> allowed, boolean loopback) {
        this.loopback = loopback;
        this.any = allowed.contains(ANY);
        for (String origin : allowed) {
            if (!origin.equals(ANY)) {
                URI uri = parse(origin);
                if (uri == null) {
                    throw new IllegalArgumentException("origin: " + origin + " (expected: scheme://host[:port] or *)");
                }
                this.allowed.add(normal(uri));
                allowedHosts.add(uri.getHost().toLowerCase(Locale.ROOT));
            }
        }
    }

    /**
     * {@return why a request is refused, or null if it may come in}
     *
     * @param origin what {@code Origin} says, or null
     * @param host   the name and port the request was sent to, or null where it says none
     */
    public String refusal(String origin, String host) {
        if (loopback && !any && host != null && !local(hostOf(host))) {
            return "Host: " + shown(host) + " (expected: localhost or a loopback address, as this gateway listens "
                + "there; allow the page's origin by heddle.gateway.origins.allowed)";
        }
        if (origin == null || sameOrigin(origin, host) || listed(origin)) {
            return null;
        }
        return "Origin: " + shown(origin) + " (expected: this gateway's own; allow others by"
            + " heddle.gateway.origins.allowed)";
    }

    /**
     * {@return whether an origin is allowed besides the gateway's own, so that its pages must be told that they may
     * read answers}
     *
     * @param origin what {@code Origin} says, or null
     */
    public boolean listed(String origin) {
        URI uri = origin == null ? null : parse(origin);
        return any && origin != null || uri != null && allowed.contains(normal(uri));
    }

    /** The scheme is left out: a proxy that ends TLS has another one than the page sees. */
    private static boolean sameOrigin(String origin, String host) {
        URI uri = parse(origin);
        if (uri == null || host == null) {
            return false;
        }
        String authority = host.toLowerCase(Locale.ROOT);
        String own = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
        return authority.equals(own + ":" + port) || port == defaultPort(uri) && authority.equals(own);
    }

    private boolean local(String name) {
        return name.equals("localhost") || name.endsWith(".localhost") || Loopback.isLiteral(name)
            || allowedHosts.contains(name);
    }

    private static String hostOf(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        int bracket = lower.indexOf(']');
        if (lower.startsWith("[") && bracket > 0) {
            return lower.substring(1, bracket);
        }
        int colon = lower.lastIndexOf(':');
        return colon < 0 ? lower : lower.substring(0, colon);
    }

    private static URI parse(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getHost() != null && uri.getScheme() != null && uri.getRawQuery() == null
                && uri.getRawFragment() == null && uri.getRawUserInfo() == null && uri.getRawPath().isEmpty();
            return bare ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String normal(URI uri) {
        int port = uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }

    private static int defaultPort(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    private static String shown(String value) {
        return value.length() > 120 ? value.substring(0, 120) + "…" : value;
    }
}
