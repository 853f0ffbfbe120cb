package dev.heddle.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.schemas.config.ServiceLogging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log of a service as a process of its own, in each format. */
class LogFormatTest {

    /** Logs one line as a service does; runs in a process of its own. */
    public static final class Speaker {

        private Speaker() {
        }

        public static void main(String[] arguments) {
            ServiceLogging.toStandardOutput();
            LoggerFactory.getLogger("dev.heddle.Some").atDebug().addKeyValue("workspace", "demo").addKeyValue("seq", 7)
                .addKeyValue("version", 41L).addKeyValue("traceId", "0af7651916cd43dd8448eb211c80319c")
                .log("operation {}", "committed");
            LoggerFactory.getLogger("org.apache.kafka.Some").info("a page of settings");
        }
    }

    private static String said(String format, String level) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Speaker.class.getName())).redirectErrorStream(true);
        builder.environment().put("HEDDLE_LOG_FORMAT", format);
        builder.environment().put("HEDDLE_LOG_LEVEL", level);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void shouldWriteOneJsonObjectPerLineWithTheFieldsOfAnOperation() throws Exception {
        String said = said("json", "DEBUG");
        assertThat(said.lines()).as(said).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(said);
        assertThat(json.path("formattedMessage").asText()).isEqualTo("operation committed");
        assertThat(json.path("level").asText()).isEqualTo("DEBUG");
        assertThat(json.path("timestamp").isNumber()).isTrue();
        assertThat(json.path("kvpList").findValue("workspace").asText()).isEqualTo("demo");
        assertThat(json.path("kvpList").findValue("seq").asText()).isEqualTo("7");
        assertThat(json.path("kvpList").findValue("version").asText()).isEqualTo("41");
        assertThat(json.path("kvpList").findValue("traceId").asText()).startsWith("0af7");
    }

    @Test
    void shouldWriteTextAndNoOperationsUnlessAskedTo() throws Exception {
        assertThat(said("text", "DEBUG")).contains("operation committed").contains("workspace=\"demo\"");
        assertThat(said("text", "INFO")).isEmpty();
    }
}
