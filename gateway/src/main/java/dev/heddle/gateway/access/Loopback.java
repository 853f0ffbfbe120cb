package dev.heddle.gateway.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells addresses that only this machine can reach. */
public final class Loopback {

    private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(::1|0:0:0:0:0:0:0:1)");

    private Loopback() {
    }

    /**
     * {@return whether a gateway that listens on a host can be reached from this machine only}
     *
     * @param host a name or an address; a name is looked up
     */
    public static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /**
     * {@return whether a text is a loopback address, without looking anything up}
     *
     * @param host the text, without brackets
     */
    static boolean isLiteral(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }
}
