package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.schemas.serde.SchemaRegistration;
import dev.heddle.schemas.serde.SchemaRegistryClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

class RegistrationRaceIT {

    @RepeatedTest(3)
    void shouldGiveTheSameIdsWhenServicesRegisterAtOnceOnAnEmptyRegistry() throws Exception {
        try (TestStack stack = TestStack.start()) {
            String url = stack.registryUrl();
            ExecutorService services = Executors.newFixedThreadPool(4);
            try {
                Callable<Map<String, Integer>> start = () -> SchemaRegistration.registerAll(
                    SchemaRegistryClient.create(Map.of("schema.registry.url", url)));
                List<Future<Map<String, Integer>>> ids = services.invokeAll(List.of(start, start, start, start));
                for (Future<Map<String, Integer>> each : ids) {
                    assertThat(each.get()).hasSize(6).isEqualTo(ids.get(0).get());
                }
            } finally {
                services.shutdownNow();
            }
        }
    }
}
