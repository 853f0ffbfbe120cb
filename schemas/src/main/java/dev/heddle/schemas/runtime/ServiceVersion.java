package dev.heddle.schemas.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Heddle this is. */
public final class ServiceVersion {

    private static final String FILE = "/heddle-version.properties";

    private ServiceVersion() {
    }

    /** {@return the version, as the build wrote it} */
    public static String current() {
        try (InputStream in = ServiceVersion.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
