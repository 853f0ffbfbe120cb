package dev.heddle.teststack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of this machine's loopback addresses, made by the JDK's {@code keytool} when a test asks for it, signed
 * by itself. Immutable.
 *
 * @param keyStore    PKCS12 with key and certificate; serves as trust store too
 * @param certificate the certificate in PEM
 * @param key         the private key in PEM, PKCS #8
 */
public record TestCertificate(Path keyStore, Path certificate, Path key) {

    /** Password of the key store. */
    public static final String PASSWORD = "test-password";

    private static final String ALIAS = "test";

    /**
     * {@return a fresh certificate}
     *
     * @param folder where its files go
     * @param name   begins their names, and is the certificate's own
     */
    public static TestCertificate make(Path folder, String name) {
        Path store = folder.resolve(name + ".p12");
        keytool(store, name);
        try {
            KeyStore loaded = load(store);
            Path certificate = pem(folder.resolve(name + ".crt"), "CERTIFICATE",
                loaded.getCertificate(ALIAS).getEncoded());
            Path key = pem(folder.resolve(name + ".key"), "PRIVATE KEY",
                loaded.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
            return new TestCertificate(store, certificate, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keytool made an unusable " + store, e);
        }
    }

    private static void keytool(Path store, String name) {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
            "-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "bc=ca:true", "-validity", "2", "-storetype", "PKCS12",
            "-keystore", store.toString(), "-storepass", PASSWORD, "-keypass", PASSWORD);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("this Java has no keytool (expected: a JDK)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool ran", e);
        }
    }

    private static KeyStore load(Path store) throws GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loaded;
    }

    private static Path pem(Path file, String what, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        try {
            return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what
                + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a client's settings that trust this certificate and no other} */
    public SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore only = KeyStore.getInstance("PKCS12");
            only.load(null, null);
            only.setCertificateEntry(ALIAS, load(keyStore).getCertificate(ALIAS));
            trust.init(only);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
