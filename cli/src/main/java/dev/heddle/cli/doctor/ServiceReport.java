package dev.heddle.cli.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service says of itself in its metrics.
 *
 * @param address  where it was asked
 * @param version  of the program, or null where it does not say
 * @param timeMs   its clock, milliseconds since 1970 UTC; −1 where it does not say
 * @param settings settings that services must agree on, by name
 */
record ServiceReport(String address, String version, long timeMs, Map<String, Double> settings) {

    private static final Pattern VERSION = Pattern.compile("^heddle_build_info\\{.*version=\"([^\"]*)\".*\\} .*$");
    private static final Pattern SETTING = Pattern.compile("^heddle_setting\\{.*name=\"([^\"]*)\".*\\} (\\S+)$");
    private static final Pattern TIME = Pattern.compile("^heddle_time_seconds(?:\\{.*\\})? (\\S+)$");

    static ServiceReport of(String address, String metrics) {
        String version = null;
        long timeMs = -1;
        Map<String, Double> settings = new HashMap<>();
        for (String line : metrics.split("\n")) {
            Matcher setting = SETTING.matcher(line);
            Matcher build = VERSION.matcher(line);
            Matcher time = TIME.matcher(line);
            if (setting.matches()) {
                settings.put(setting.group(1), Double.valueOf(setting.group(2)));
            } else if (build.matches()) {
                version = build.group(1);
            } else if (time.matches()) {
                timeMs = Math.round(Double.parseDouble(time.group(1)) * 1_000);
            }
        }
        return new ServiceReport(address, version, timeMs, settings);
    }
}
