package dev.heddle.standalone;

import dev.heddle.gateway.GatewayConfig;
import dev.heddle.schemas.config.CommonConfig;
import dev.heddle.schemas.serde.AvroSerdeConfig;
import dev.heddle.snapshotter.SnapshotterConfig;
import dev.heddle.transformer.TransformerConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the services are told, as anybody would tell them; everything not said here is as documented. */
final class ServiceSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String STATE_DIRECTORY = "state.dir";

    private final String bootstrapServers;
    private final String registryUrl;
    private final DataDirectory directory;

    ServiceSettings(String bootstrapServers, String registryUrl, DataDirectory directory) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.directory = directory;
    }

    Map<String, String> transformer() {
        Map<String, String> settings = common();
        settings.put(STATE_DIRECTORY, directory.state().resolve("transformer").toString());
        settings.put(TransformerConfig.HTTP_HOST, LOOPBACK);
        settings.put(TransformerConfig.HTTP_PORT, "0");
        return settings;
    }

    Map<String, String> snapshotter(int port) {
        Map<String, String> settings = common();
        settings.put(STATE_DIRECTORY, directory.state().resolve("snapshotter").toString());
        settings.put(SnapshotterConfig.HTTP_HOST, LOOPBACK);
        settings.put(SnapshotterConfig.HTTP_PORT, String.valueOf(port));
        settings.put(SnapshotterConfig.ADVERTISED_HOST, LOOPBACK);
        return settings;
    }

    Map<String, String> gateway(int port, int snapshotterPort) {
        Map<String, String> settings = common();
        settings.put(GatewayConfig.HOST, LOOPBACK);
        settings.put(GatewayConfig.PORT, String.valueOf(port));
        settings.put(GatewayConfig.SNAPSHOTTER_URLS, "http://" + LOOPBACK + ":" + snapshotterPort);
        return settings;
    }

    private Map<String, String> common() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(CommonConfig.BOOTSTRAP_SERVERS, bootstrapServers);
        settings.put(AvroSerdeConfig.SCHEMA_REGISTRY_URL, registryUrl);
        return settings;
    }
}
