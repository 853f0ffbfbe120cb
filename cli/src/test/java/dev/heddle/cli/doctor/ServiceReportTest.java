package dev.heddle.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceReportTest {

    @Test
    void shouldReadWhatTheDoctorNeedsFromMetrics() {
        ServiceReport report = ServiceReport.of("http://a:1", """
            # HELP heddle_build_info The program
            # TYPE heddle_build_info gauge
            heddle_build_info{service="gateway",version="0.1.0"} 1.0
            heddle_setting{name="heddle.shards"} 4.0
            heddle_setting{name="heddle.file.code.points.max"} 1.0E7
            heddle_time_seconds 1.7951760005E9
            other{name="heddle.shards"} 9
            """);
        assertThat(report.version()).isEqualTo("0.1.0");
        assertThat(report.timeMs()).isEqualTo(1_795_176_000_500L);
        assertThat(report.settings()).isEqualTo(Map.of("heddle.shards", 4.0, "heddle.file.code.points.max", 1e7));
    }

    @Test
    void shouldSayNothingWhereTheServiceDoesNot() {
        ServiceReport report = ServiceReport.of("http://a:1", "not metrics at all");
        assertThat(report.version()).isNull();
        assertThat(report.timeMs()).isNegative();
        assertThat(report.settings()).isEmpty();
    }
}
