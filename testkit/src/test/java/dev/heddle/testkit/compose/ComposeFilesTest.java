package dev.heddle.testkit.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that the files under {@code compose/} and the Dockerfiles keep; what runs is {@link ComposeLayoutST}. */
class ComposeFilesTest {

    private static final Path ROOT = Path.of(System.getProperty("heddle.root"));
    private static final Path COMPOSE = ROOT.resolve("compose");
    private static final Map<String, String> VARIABLES = Map.of("GRAFANA_PASSWORD", "secret");

    private static ComposeFile read(String name) {
        return ComposeFile.read(COMPOSE.resolve(name), VARIABLES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.dev.yaml"})
    void shouldConfineEveryContainer(String name) {
        read(name).services().values().forEach(service -> {
            Map<?, ?> plain = service.plain();
            assertThat(plain.get("read_only")).as(service.name()).isEqualTo(true);
            assertThat(String.valueOf(plain.get("user"))).as(service.name()).matches("[1-9]\\d*:\\d+");
            assertThat(service.texts("cap_drop")).as(service.name()).containsExactly("ALL");
            assertThat(service.texts("security_opt")).as(service.name()).containsExactly("no-new-privileges:true");
            assertThat(plain.get("privileged")).as(service.name()).isNull();
            assertThat(service.memoryBytes()).as(service.name()).isBetween(64L << 20, 2L << 30);
            assertThat(service.cpus()).as(service.name()).isPositive();
            assertThat(plain.get("pids_limit")).as(service.name()).isInstanceOf(Integer.class);
            assertThat(plain.get("restart")).as(service.name()).isEqualTo("unless-stopped");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.dev.yaml"})
    void shouldCheckTheHealthOfEveryContainerWithoutAShellOfOurs(String name) {
        read(name).services().values().forEach(service -> {
            ComposeService.Healthcheck check = service.healthcheck();
            assertThat(check).as(service.name()).isNotNull();
            assertThat(check.test().get(0)).as(service.name()).isEqualTo("CMD");
            assertThat(check.timeout()).as(service.name()).isPositive();
            assertThat(check.startPeriod()).as(service.name()).isPositive();
            if (service.build() != null) {
                List<String> image = Dockerfile.words(Dockerfile.read(service.build()).last("HEALTHCHECK").get(0));
                assertThat(check.test().subList(1, check.test().size())).as(service.name()).isEqualTo(image);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.dev.yaml"})
    void shouldWaitOnlyForServicesThereAreAndNeverInACircle(String name) {
        ComposeFile file = read(name);
        Map<String, Integer> depths = new TreeMap<>();
        file.services().keySet().forEach(service -> assertThat(depth(file, service, depths, 0))
            .isLessThan(file.services().size()));
        file.services().values().forEach(service -> assertThat(service.dependsOn().values()).as(service.name())
            .isSubsetOf("service_healthy", "service_started"));
    }

    private static int depth(ComposeFile file, String service, Map<String, Integer> depths, int above) {
        assertThat(file.services()).containsKey(service);
        assertThat(above).as("circle at %s", service).isLessThan(file.services().size());
        return depths.computeIfAbsent(service, name -> {
            int deepest = 0;
            for (String other : file.services().get(name).dependsOn().keySet()) {
                deepest = Math.max(deepest, 1 + depth(file, other, new TreeMap<>(), above + 1));
            }
            return deepest;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.dev.yaml"})
    void shouldPinEveryImageAndKeepEveryVolume(String name) {
        ComposeFile file = read(name);
        TreeSet<String> mounted = new TreeSet<>();
        file.services().values().forEach(service -> {
            if (service.build() == null) {
                assertThat(service.image()).matches("[a-z./-]+:v?\\d+\\.\\d+\\.\\d+(-[a-z]+)?");
            }
            service.mounts().forEach(mount -> {
                if (mount.volume()) {
                    assertThat(mounted.add(mount.source())).as("shared volume %s", mount.source()).isTrue();
                } else {
                    assertThat(file.directory().resolve(mount.source())).exists();
                    assertThat(mount.readOnly()).as(mount.source()).isTrue();
                }
            });
            service.ports().forEach(port -> assertThat(port).as(service.name()).startsWith("127.0.0.1:"));
        });
        assertThat(mounted).isEqualTo(file.volumes());
    }

    @Test
    void shouldHoldWhatATeamNeeds() {
        Map<String, Integer> images = new TreeMap<>();
        read("compose.yaml").services().values().forEach(service -> images.merge(service.imageName(), 1, Integer::sum));
        assertThat(images).containsExactlyInAnyOrderEntriesOf(Map.of("apache/kafka", 3, "apicurio/apicurio-registry", 1,
            "heddle-gateway", 2, "heddle-transformer", 2, "heddle-snapshotter", 2, "haproxy", 1, "prom/prometheus", 1,
            "grafana/grafana", 1));
        images.clear();
        read("compose.dev.yaml").services().values().forEach(service ->
            images.merge(service.imageName(), 1, Integer::sum));
        assertThat(images).containsExactlyInAnyOrderEntriesOf(Map.of("apache/kafka", 1, "apicurio/apicurio-registry", 1,
            "heddle-gateway", 1, "heddle-transformer", 1, "heddle-snapshotter", 1));
    }

    @Test
    void shouldBuildImagesThatNeedNoShellAndNoRoot() {
        for (String module : List.of("gateway", "transformer", "snapshotter")) {
            Dockerfile file = Dockerfile.read(ROOT.resolve(module));
            assertThat(file.last("RUN")).as(module).isEmpty();
            assertThat(file.last("USER")).as(module).containsExactly("10001:10001");
            assertThat(file.last("ENTRYPOINT").get(0)).as(module).startsWith("[");
            assertThat(file.entrypoint()).as(module).endsWith("-jar", "/opt/heddle/heddle-" + module + ".jar");
            file.last("COPY").stream().filter(copy -> !copy.startsWith("--")).forEach(copy ->
                assertThat(copy).as(module).matches("target/(lib|heddle-" + module + "\\.jar) /opt/heddle/\\S+"));
        }
    }

    @Test
    void shouldExplainEveryVariable() throws IOException {
        TreeSet<String> used = new TreeSet<>();
        Map<String, String> defaults = new HashMap<>();
        for (String name : List.of("compose.yaml", "compose.dev.yaml")) {
            Matcher matcher = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*))?").matcher(
                Files.readString(COMPOSE.resolve(name)));
            while (matcher.find()) {
                used.add(matcher.group(1));
                defaults.put(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
            }
        }
        Map<String, String> example = ComposeFile.variables(COMPOSE.resolve(".env.example"));
        assertThat(example.keySet()).containsExactlyInAnyOrderElementsOf(used);
        assertThat(example).containsExactlyInAnyOrderEntriesOf(defaults);
    }

    @Test
    void shouldNameTheDataSourceThatIsProvisioned() throws IOException {
        String source = Files.readString(COMPOSE.resolve("grafana/provisioning/datasources/prometheus.yaml"));
        var dashboard = new ObjectMapper().readTree(COMPOSE.resolve("grafana/dashboards/heddle.json").toFile());
        assertThat(dashboard.get("panels").findValuesAsText("uid")).isNotEmpty()
            .allSatisfy(uid -> assertThat(source).contains("uid: " + uid));
        assertThat(Dashboard.queries(COMPOSE.resolve("grafana/dashboards/heddle.json"))).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.dev.yaml", "compose.yaml compose.tokens.yaml"})
    void shouldBeValidForCompose(String files) throws IOException, InterruptedException {
        Optional<Path> compose = Programs.onPath("docker-compose");
        assumeTrue(compose.isPresent(), "docker-compose is not installed on this machine");
        List<String> command = new ArrayList<>(List.of(compose.get().toString()));
        for (String file : files.split(" ")) {
            command.addAll(List.of("--file", COMPOSE.resolve(file).toString()));
        }
        command.addAll(List.of("config", "--quiet"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(VARIABLES);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    @Test
    void shouldReadVariablesAsComposeDoes() {
        Map<String, String> variables = Map.of("SET", "value", "EMPTY", "");
        assertThat(ComposeFile.replaced("${SET} ${SET:-other} ${EMPTY:-other} ${UNSET:-} $${SET} $$", variables))
            .isEqualTo("value value other  ${SET} $");
        assertThatThrownBy(() ->
            ComposeFile.replaced("${UNSET:?say it}", variables)).hasMessage("UNSET: say it");
    }
}
