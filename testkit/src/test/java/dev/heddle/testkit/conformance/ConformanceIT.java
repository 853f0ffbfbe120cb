package dev.heddle.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.teststack.Seeds;
import dev.heddle.testkit.system.LocalHeddle;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our gateway keeps every rule; a server that breaks one is found out, by that rule and no other. */
class ConformanceIT {

    /** Longer than any operation of the other client takes. */
    private static final int SLOW_MS = 150;
    private static final int THREADS = 8;

    private static LocalHeddle heddle;

    @BeforeAll
    static void start() {
        heddle = LocalHeddle.shared();
    }

    private static Server server(URI address) {
        return new Server(address, null, Seeds.random("ConformanceIT"));
    }

    @Test
    void shouldKeepEveryRule() {
        List<Conformance.Result> results = Conformance.run(server(URI.create("http://" + heddle.gateway())),
            Conformance.rules(), THREADS);
        System.out.print(Conformance.table(results));
        assertThat(results).hasSizeGreaterThan(45);
        assertThat(results.stream().filter(result -> !result.kept()).toList()).isEmpty();
        assertThat(results.stream().map(result -> result.rule().id())).doesNotHaveDuplicates();
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
            broken("leaves out what was deleted", frame -> frame.replaceAll(",?\"deleted\":\"[^\"]*\"", ""),
                UnaryOperator.identity(), "op.deleted"),
            broken("loses an op now and then", frame -> frame.contains("\"type\":\"op\"")
                && frame.contains("\"version\":7,") ? null : frame, UnaryOperator.identity(), "socket.gapless"),
            broken("says another hash", frame -> frame.contains("\"type\":\"opened\"")
                ? frame.replaceAll("\"hash\":\"..", "\"hash\":\"zz") : frame,
                UnaryOperator.identity(), "socket.opened"),
            broken("makes line ends alike", UnaryOperator.identity(), body -> body.replace("\r\n", "\n"), "file.put"),
            broken("calls a gap something else", frame -> frame.replace("\"SEQ_GAP\"", "\"BAD_REQUEST\""),
                UnaryOperator.identity(), "op.seq-gap"));
    }

    private static Arguments broken(String what, UnaryOperator<String> frames, UnaryOperator<String> bodies,
                                    String rule) {
        return Arguments.of(what, frames, bodies, rule);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void shouldFindOutAServerThat(String what, UnaryOperator<String> frames, UnaryOperator<String> bodies,
                                  String rule) {
        Set<String> tried = Set.of("op.deleted", "socket.gapless", "socket.opened", "file.put", "op.seq-gap");
        try (BreakingProxy proxy = new BreakingProxy(heddle.gateway(), frames, bodies)) {
            List<Conformance.Result> results = Conformance.run(server(proxy.address()),
                Conformance.rules().stream().filter(any -> tried.contains(any.id())).toList(), THREADS);
            assertThat(results.stream().filter(result -> !result.kept()).map(result -> result.rule().id())
                .collect(Collectors.toSet())).as(Conformance.table(results)).containsExactly(rule);
        }
    }

    @ParameterizedTest(name = "client {0} of two is the slow one")
    @ValueSource(ints = {0, 1})
    void shouldKeepRulesOfTwoClientsWhicheverIsServedFirst(int slow) {
        Set<String> tried = Set.of("op.after", "op.converge", "socket.everybody", "socket.gapless", "socket.private",
            "socket.follow", "presence.others");
        try (BreakingProxy proxy = new BreakingProxy(heddle.gateway(), socket -> socket % 2 == slow ? SLOW_MS : 0)) {
            // One at a time: the proxy tells clients apart by the order in which they come.
            List<Conformance.Result> results = Conformance.run(server(proxy.address()),
                Conformance.rules().stream().filter(any -> tried.contains(any.id())).toList(), 1);
            assertThat(results).hasSameSizeAs(tried);
            assertThat(results).as(Conformance.table(results)).allMatch(Conformance.Result::kept);
        }
    }
}
