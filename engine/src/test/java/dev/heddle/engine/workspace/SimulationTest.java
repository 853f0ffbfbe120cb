package dev.heddle.engine.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.support.Choices;
import dev.heddle.engine.support.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: clients that type blind to each other, over a network that delays, repeats, reorders between clients and drops,
 * with reconnects, catching up by one composed operation and restarts of the sequencer, end with the same text, and no
 * typed character is lost or doubled.
 * Method: random events on one thread; named invariants after each one; at the end everything is delivered.
 */
class SimulationTest {

    private static final int EVENTS_MAX = 60;
    private static final int FIRST_CHARACTER = 0x1F600;

    /** One run. */
    private static final class Run {
        private final Choices choices;
        private final boolean insertOnly;
        private final Workbench bench;
        private final Invariants invariants;
        private final List<SimulatedClient> clients = new ArrayList<>();
        private final List<ArrayDeque<Submission>> uplinks = new ArrayList<>();
        private int characters = FIRST_CHARACTER;

        private Run(Choices choices, boolean insertOnly) {
            this.choices = choices;
            this.insertOnly = insertOnly;
            Limits limits = Limits.builder().historyVersionsHot(1 + choices.below(40)).build();
            this.bench = Workbench.withFile("base", limits);
            this.invariants = new Invariants(bench);
            int count = 2 + choices.below(3);
            for (int number = 1; number <= count; number++) {
                boolean chaining = choices.below(2) == 1;
                clients.add(new SimulatedClient(number, chaining, bench.state.image().file(Workbench.FILE)
                    .orElseThrow().text(), bench.version()));
                uplinks.add(new ArrayDeque<>());
            }
        }

        private void run() {
            for (int events = choices.below(EVENTS_MAX); events > 0; events--) {
                event(choices.below(clients.size()));
                invariants.check();
            }
            drain();
        }

        private void event(int number) {
            SimulatedClient client = clients.get(number);
            ArrayDeque<Submission> uplink = uplinks.get(number);
            switch (choices.below(16)) {
                case 0, 1, 2, 3, 4 -> client.type(choices, insertOnly, characters++);
                case 5, 6, 7 -> send(client, uplink);
                case 8, 9, 10, 11 -> deliver(uplink, choices.once(8));
                case 12, 13 -> hear(client, 1 + choices.below(3));
                case 14 -> catchUp(client);
                default -> {
                    if (choices.below(3) == 0) {
                        bench.restart();
                    } else {
                        // What was under way may be lost; the rest is sent again, in order.
                        while (!uplink.isEmpty() && choices.below(2) == 0) {
                            uplink.removeLast();
                        }
                        uplink.addAll(client.resend());
                    }
                }
            }
        }

        private static void send(SimulatedClient client, ArrayDeque<Submission> uplink) {
            Submission submission = client.send();
            if (submission != null) {
                uplink.add(submission);
            }
        }

        private void deliver(ArrayDeque<Submission> uplink, boolean twice) {
            for (int times = twice ? 2 : 1; times > 0 && !uplink.isEmpty(); times--) {
                Submission sent = times == 2 ? uplink.peekFirst() : uplink.removeFirst();
                Decision decision = bench.decide(new Submission(sent.session(), sent.seq(), sent.base(), sent.after(),
                    sent.author(), sent.operation(), bench.raw.size(), bench.raw.size()));
                if (decision instanceof Decision.Rejected rejected) {
                    // Dropped ones before it: the numbers tell, and the resend repairs it.
                    assertThat(rejected.rejection().code().name()).isEqualTo("SEQ_GAP");
                } else if (decision instanceof Decision.Repeated repeated) {
                    Decision first = bench.decisions.get((int) repeated.originalSourceOffset());
                    CanonicalOperation original = ((Decision.Accepted) first).operation();
                    assertThat(original.session() + original.seq()).isEqualTo(sent.session() + sent.seq());
                }
            }
        }

        private void hear(SimulatedClient client, int count) {
            for (int left = count; left > 0 && client.version < bench.version(); left--) {
                client.hear(bench.read(client.version + 1));
            }
            contentIsTheVersionsWhenNothingIsPending(client);
        }

        /**
         * P14: all that others did at once. Not for one that chains: the sequencer brings its operations past the
         * foreign ones step by step, and moved past a pending one a composition is not always their composition.
         */
        private void catchUp(SimulatedClient client) {
            if (client.chaining) {
                hear(client, 1);
            } else {
                client.catchUp(bench.log.subList((int) client.version, bench.log.size()));
                contentIsTheVersionsWhenNothingIsPending(client);
            }
        }

        /** P13: whoever has nothing of its own under way shows, hash by hash, what that version is. */
        private void contentIsTheVersionsWhenNothingIsPending(SimulatedClient client) {
            if (client.idle()) {
                Invariants.require(client.text.sha256Hex().equals(invariants.contentAt(client.version)),
                    "ContentIsTheVersions", client.version, client.text);
            }
        }

        private void drain() {
            boolean busy = true;
            while (busy) {
                busy = false;
                for (int number = 0; number < clients.size(); number++) {
                    SimulatedClient client = clients.get(number);
                    uplinks.get(number).addAll(client.resend());
                    send(client, uplinks.get(number));
                    while (!uplinks.get(number).isEmpty()) {
                        deliver(uplinks.get(number), false);
                    }
                    hear(client, Integer.MAX_VALUE);
                    busy |= !client.idle();
                }
                invariants.check();
            }
            clients.forEach(client -> hear(client, Integer.MAX_VALUE));
        }
    }

    private static void allClientsConverge(Run run) {
        for (SimulatedClient client : run.clients) {
            assertThat(client.text.toString()).isEqualTo(run.bench.text());
        }
    }

    private static void nothingLostOrDoubled(Run run) {
        BitSet expected = new BitSet();
        "base".codePoints().forEach(expected::set);
        run.clients.forEach(client -> expected.or(client.typed));
        run.clients.forEach(client -> expected.andNot(client.deleted));
        List<Integer> found = SimulatedClient.characters(run.clients.get(0).text);
        Collections.sort(found);
        assertThat(found).isEqualTo(expected.stream().boxed().toList());
    }

    @Test
    void shouldConvergeAndKeepEveryCharacterWhenTheNetworkMisbehaves() {
        Property.holds(10_000, choices -> {
            Run run = new Run(choices, false);
            run.run();
            allClientsConverge(run);
            nothingLostOrDoubled(run);
        });
    }

    /** P10: a stranger's character between two typed in a row was typed by someone who saw the first. */
    @Test
    void shouldNotInterleaveRunsWhenTypedForwardsAndBlind() {
        Property.holds(10_000, choices -> {
            Run run = new Run(choices, true);
            run.run();
            allClientsConverge(run);
            List<Integer> text = SimulatedClient.characters(run.clients.get(0).text);
            for (SimulatedClient client : run.clients) {
                client.successors.forEach((first, second) -> {
                    int next = text.get(text.indexOf(first) + 1);
                    boolean knew = next == second || run.clients.stream()
                        .anyMatch(other -> other.seen.containsKey(next) && other.seen.get(next).get(first));
                    assertThat(knew).as("%x parts %x from %x", next, first, second).isTrue();
                });
            }
        });
    }
}
