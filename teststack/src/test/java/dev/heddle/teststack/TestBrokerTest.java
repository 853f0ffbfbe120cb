package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

class TestBrokerTest {

    private final String before = System.getProperty(TestBroker.PROPERTY, "");

    @TempDir
    private Path directory;

    @AfterEach
    void restore() {
        System.setProperty(TestBroker.PROPERTY, before);
    }

    @Test
    void shouldSkipWithTheReasonWhereNoEngineAnswers() {
        assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "an engine answers here");
        System.setProperty(TestBroker.PROPERTY, "testcontainers");
        for (ThrowingCallable use : List.<ThrowingCallable>of(TestStack::shared, TestStack::start,
                () -> TestBroker.start(directory))) {
            assertThatThrownBy(use).satisfies(thrown ->
                assertThat(thrown.getClass().getSimpleName()).isEqualTo("TestAbortedException"))
                .hasMessageContaining("heddle.test.broker=testcontainers, and no container engine answers");
        }
    }

    @Test
    void shouldNameTheKindsThereAreWhereAnotherIsAskedFor() {
        System.setProperty(TestBroker.PROPERTY, "docker");
        assertThatThrownBy(() -> TestBroker.start(directory))
            .hasMessage("heddle.test.broker: docker (expected: embedded or testcontainers)");
    }
}
