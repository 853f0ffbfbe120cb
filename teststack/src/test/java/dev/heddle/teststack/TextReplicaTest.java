package dev.heddle.teststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.engine.text.Change;
import dev.heddle.engine.text.Changes;
import dev.heddle.engine.text.Side;
import dev.heddle.engine.text.Text;
import dev.heddle.engine.text.TextOperation;
import dev.heddle.engine.text.TextOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextReplicaTest {

    private static final String[] PIECES = {"a", "b", "😀", "\n", "xyz", ""};

    @Test
    void shouldConvergeWithTheServerWhenClientsTypeAtRandom() {
        Random random = Seeds.random("TextReplicaTest");
        for (int round = 0; round < 300; round++) {
            converge(random);
        }
    }

    @Test
    void shouldSendNothingWhileSomethingIsInFlight() {
        var replica = new TextReplica(Text.of("ab"));
        replica.edit(insert(0, "x", 2));
        TextOperation first = replica.next().orElseThrow();
        replica.edit(insert(1, "y", 3));
        replica.edit(insert(2, "z", 4));

        assertThat(replica.next()).isEmpty();
        assertThat(replica.bufferedEdits()).isEqualTo(2);
        replica.acknowledge(first);

        assertThat(replica.next()).contains(insert(1, "yz", 3));
        assertThat(replica.text().toString()).isEqualTo("xyzab");
        assertThat(replica.settled()).isFalse();
    }

    @Test
    void shouldRefuseAnOwnOperationThatComesBackDifferent() {
        var replica = new TextReplica(Text.of("ab"));
        replica.edit(insert(0, "x", 2));
        replica.next();

        assertThatThrownBy(() -> replica.acknowledge(insert(1, "x", 2)))
            .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("own operation came back as");
    }

    private static void converge(Random random) {
        Text server = Text.of("start");
        List<TextOperation> log = new ArrayList<>();
        List<Client> clients = List.of(new Client(server), new Client(server), new Client(server));
        for (int step = 0; step < 60; step++) {
            Client client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(3)) {
                case 0 -> client.replica.edit(edit(client.replica.text(), random));
                case 1 -> client.receive(log);
                default -> server = client.submit(log, server);
            }
        }
        for (int i = 0; i < 2; i++) {
            for (Client client : clients) {
                while (!client.replica.settled()) {
                    server = client.submit(log, server);
                    client.receiveAll(log);
                }
                client.receiveAll(log);
            }
        }
        for (Client client : clients) {
            assertThat(client.replica.text().toString()).isEqualTo(server.toString());
        }
    }

    private static TextOperation edit(Text text, Random random) {
        int at = random.nextInt(text.lengthCodePoints() + 1);
        int delete = random.nextInt(Math.min(3, text.lengthCodePoints() - at) + 1);
        return Changes.toOperation(List.of(new Change(at, delete, PIECES[random.nextInt(PIECES.length)])),
            text.lengthCodePoints());
    }

    private static TextOperation insert(int at, String text, int baseLength) {
        return Changes.toOperation(List.of(new Change(at, 0, text)), baseLength);
    }

    /** One client and its connection to a server that is nothing but a list of operations. */
    private static final class Client {
        private final TextReplica replica;
        private final List<Integer> own = new ArrayList<>();
        private int seen;

        Client(Text start) {
            replica = new TextReplica(start);
        }

        Text submit(List<TextOperation> log, Text server) {
            int base = seen;
            var next = replica.next();
            if (next.isEmpty()) {
                return server;
            }
            TextOperation operation = next.get();
            for (TextOperation committed : log.subList(base, log.size())) {
                operation = TextOperations.transform(operation, committed, Side.LEFT);
            }
            own.add(log.size());
            log.add(operation);
            return server.apply(operation);
        }

        void receive(List<TextOperation> log) {
            if (seen < log.size()) {
                if (own.contains(seen)) {
                    replica.acknowledge(log.get(seen));
                } else {
                    replica.foreign(log.get(seen));
                }
                seen++;
            }
        }

        void receiveAll(List<TextOperation> log) {
            while (seen < log.size()) {
                receive(log);
            }
        }
    }
}
