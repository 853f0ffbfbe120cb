package dev.heddle.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.schemas.Golden;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class ServiceRightsTest {

    @Test
    void shouldMatchTheReferencePage() throws Exception {
        Golden.check("docs/reference/rights.md", ServiceRights.markdown());
    }

    @Test
    void shouldGiveNobodyMoreThanItsOwn() {
        for (ServiceRights.User user : ServiceRights.User.values()) {
            assertThat(ServiceRights.bindings(user, "User:x")).isNotEmpty().allSatisfy(binding -> {
                assertThat(binding.entry().operation()).isNotIn(AclOperation.ALL, AclOperation.ALTER,
                    AclOperation.DELETE, AclOperation.CLUSTER_ACTION);
                assertThat(binding.pattern().name()).matches("heddle.*|kafka-cluster").doesNotContain("*");
            });
        }
    }
}
