package dev.heddle.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;

/** The gateway's certificate and key, read again when they change. One thread at a time. */
final class TlsFiles {

    private final Path certificate;
    private final Path key;
    private Buffer certificateRead = Buffer.buffer();
    private Buffer keyRead = Buffer.buffer();

    private TlsFiles(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * {@return the files, or null where the gateway speaks plain HTTP}
     *
     * @param config the settings
     * @throws ConfigException where one of the two is set without the other
     */
    static TlsFiles of(GatewayConfig config) {
        String certificate = config.getString(GatewayConfig.TLS_CERTIFICATE_FILE);
        String key = config.getString(GatewayConfig.TLS_KEY_FILE);
        if ((certificate == null) != (key == null)) {
            throw new ConfigException(certificate == null ? GatewayConfig.TLS_CERTIFICATE_FILE
                : GatewayConfig.TLS_KEY_FILE, null, "is missing (expected: certificate and key, or neither)");
        }
        return certificate == null ? null : new TlsFiles(Path.of(certificate), Path.of(key));
    }

    /**
     * {@return certificate and key, or null where they are as they were}
     *
     * @throws IOException where one cannot be read
     */
    PemKeyCertOptions changed() throws IOException {
        Buffer certificateNow = Buffer.buffer(Files.readAllBytes(certificate));
        Buffer keyNow = Buffer.buffer(Files.readAllBytes(key));
        if (certificateNow.equals(certificateRead) && keyNow.equals(keyRead)) {
            return null;
        }
        certificateRead = certificateNow;
        keyRead = keyNow;
        return new PemKeyCertOptions().setCertValue(certificateNow).setKeyValue(keyNow);
    }

    @Override
    public String toString() {
        return "certificate " + certificate + " and key " + key;
    }
}
