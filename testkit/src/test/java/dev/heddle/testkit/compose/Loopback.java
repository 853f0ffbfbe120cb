package dev.heddle.testkit.compose;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the network of a compose file on this machine: each service gets a loopback address of its own, so that ports
 * stay as they are written, and names become addresses.
 */
final class Loopback {

    private static final Pattern OWN =
        Pattern.compile("(?<![\\w.])(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost)(?![\\w.])");

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Pattern names;
    private final Pattern hosts;

    /**
     * A network.
     *
     * @param services the services' names
     * @param random   picks the part of 127.0.0.0/8, so that two runs on one machine do not meet
     */
    Loopback(Collection<String> services, Random random) {
        String prefix = "127." + (2 + random.nextInt(250)) + "." + random.nextInt(250) + ".";
        services.forEach(name -> addresses.put(name, prefix + (addresses.size() + 1)));
        String name = "(?:" + String.join("|", addresses.keySet()) + ")";
        this.names = Pattern.compile("(?<=^|[,=@ ]|//)" + name + "(?=:\\d|,|$)");
        this.hosts = Pattern.compile("(?<![\\w.-])" + name + "(?=:\\d)");
    }

    /** {@return the address of a service} */
    String address(String service) {
        return addresses.get(service);
    }

    /**
     * {@return a text as the service would mean it}: names of services are their addresses, the addresses of its own
     * network namespace are its own one, the directories of its container are directories of this machine
     *
     * @param service     the service whose text it is
     * @param text        a command's word, a variable's value, a line of configuration
     * @param directories directories in the container and here, the more special first
     */
    String translated(String service, String text, Map<String, Path> directories) {
        String translated = withAddresses(names, OWN.matcher(text).replaceAll(addresses.get(service)));
        for (Map.Entry<String, Path> directory : directories.entrySet()) {
            translated = translated.replaceAll("(?<![\\w./-])" + Pattern.quote(directory.getKey()) + "(?![\\w.-])",
                Matcher.quoteReplacement(directory.getValue().toString()));
        }
        return translated;
    }

    /**
     * {@return a file of configuration as the service would mean it}; only names before a port are hosts there
     *
     * @param service the service whose file it is
     * @param text    the file's text
     */
    String translatedFile(String service, String text) {
        return withAddresses(hosts, OWN.matcher(text).replaceAll(addresses.get(service)));
    }

    private String withAddresses(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, addresses.get(matcher.group()));
        }
        return matcher.appendTail(result).toString();
    }
}
