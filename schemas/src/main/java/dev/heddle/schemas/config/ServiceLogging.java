package dev.heddle.schemas.config;

/** Where a service that runs as a process of its own writes its log. */
public final class ServiceLogging {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String STANDARD_OUTPUT = "heddle-service-logback.xml";

    private ServiceLogging() {
    }

    /**
     * Makes standard output the log, unless the operator chose a configuration of Logback. To be called before the
     * first logger exists; other logging backends are not affected.
     */
    public static void toStandardOutput() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, STANDARD_OUTPUT);
        }
    }
}
