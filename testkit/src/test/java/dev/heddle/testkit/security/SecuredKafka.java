package dev.heddle.testkit.security;

import dev.heddle.embedded.EmbeddedKafka;
import dev.heddle.embedded.Ports;
import dev.heddle.schemas.topic.ServiceRights;
import dev.heddle.teststack.TestCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker that speaks SASL_SSL and allows nobody anything but what {@link ServiceRights} lists. */
final class SecuredKafka implements AutoCloseable {

    static final String ADMIN = "admin";
    private static final String PASSWORD = "-secret";

    private final EmbeddedKafka broker;
    private final TestCertificate certificate;

    SecuredKafka(Path folder, TestCertificate certificate) {
        this.certificate = certificate;
        int port = Ports.free();
        int controllerPort = Ports.free();
        StringBuilder users = new StringBuilder(login(ADMIN)).append(" user_").append(ADMIN).append("=\"")
            .append(ADMIN).append(PASSWORD).append('"');
        for (ServiceRights.User user : ServiceRights.User.values()) {
            users.append(" user_").append(user).append("=\"").append(user).append(PASSWORD).append('"');
        }
        users.append(" user_nobody=\"nobody").append(PASSWORD).append("\";");
        this.broker = EmbeddedKafka.builder(folder.resolve("kafka")).port(port)
            .setting("listeners", "SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort)
            .setting("advertised.listeners", "SASL_SSL://127.0.0.1:" + port)
            .setting("controller.quorum.voters", "1@127.0.0.1:" + controllerPort)
            .setting("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT")
            .setting("inter.broker.listener.name", "SASL_SSL")
            .setting("sasl.enabled.mechanisms", "PLAIN").setting("sasl.mechanism.inter.broker.protocol", "PLAIN")
            .setting("listener.name.sasl_ssl.plain.sasl.jaas.config", users.toString())
            .setting("ssl.keystore.location", certificate.keyStore().toString())
            .setting("ssl.keystore.password", TestCertificate.PASSWORD)
            .setting("ssl.key.password", TestCertificate.PASSWORD).setting("ssl.keystore.type", "PKCS12")
            .setting("ssl.truststore.location", certificate.keyStore().toString())
            .setting("ssl.truststore.password", TestCertificate.PASSWORD).setting("ssl.truststore.type", "PKCS12")
            .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .setting("allow.everyone.if.no.acl.found", "false")
            // The controller's own listener is plain and for this machine only; who comes by it has no name.
            .setting("super.users", "User:" + ADMIN + ";User:ANONYMOUS").start();
    }

    private static String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
            + user + PASSWORD + '"';
    }

    /** The settings a service or client needs to come in as a user: ordinary ones of Kafka's. */
    Map<String, String> settings(String user) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", login(user) + ";");
        settings.put("ssl.truststore.location", certificate.keyStore().toString());
        settings.put("ssl.truststore.password", TestCertificate.PASSWORD);
        settings.put("ssl.truststore.type", "PKCS12");
        return settings;
    }

    Admin admin() {
        return Admin.create(new HashMap<String, Object>(settings(ADMIN)));
    }

    @Override
    public void close() {
        broker.close();
    }
}
