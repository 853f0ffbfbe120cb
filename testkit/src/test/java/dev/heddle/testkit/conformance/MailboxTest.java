package dev.heddle.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final long LONG_MS = 60_000;

    private static JsonNode op(long version) {
        return Server.object().put("type", "op").put("version", version);
    }

    private static Predicate<JsonNode> version(long version) {
        return message -> message.path("version").asLong() == version;
    }

    @Test
    void shouldFindAnOperationWhenItCameBeforeTheAnswerThatWasTaken() {
        Mailbox mailbox = new Mailbox(LONG_MS);
        mailbox.add(op(1));
        mailbox.add(op(2));
        assertThat(mailbox.take(version(2), "answer")).isEqualTo(op(2));
        // What ConformanceIT once waited for without end: version 2 was the answer, and the last there was.
        assertThat(mailbox.until(version(2), "op 2")).containsExactly(op(1), op(2));
        assertThat(mailbox.take(version(1), "op 1")).isEqualTo(op(1));
    }

    @Test
    void shouldGiveAMessageOnceWhenTwoAreAlike() {
        Mailbox mailbox = new Mailbox(LONG_MS);
        mailbox.add(op(1));
        mailbox.add(op(1));
        JsonNode first = mailbox.take(version(1), "answer");
        JsonNode again = mailbox.take(version(1), "answer to the resend");
        assertThat(again).isEqualTo(first).isNotSameAs(first);
        mailbox.end("closed");
        assertThatThrownBy(() -> mailbox.take(version(1), "third answer")).isInstanceOf(BrokenRuleException.class);
    }

    @Test
    void shouldWakeWhoWaitsWhenTheMessageComesLater() throws InterruptedException {
        Mailbox mailbox = new Mailbox(LONG_MS);
        Thread sender = new Thread(() -> List.of(op(1), op(2), op(3)).forEach(mailbox::add));
        sender.start();
        assertThat(mailbox.take(version(3), "op 3")).isEqualTo(op(3));
        sender.join();
    }

    @Test
    void shouldSayWhatWasWaitedForWhenItDoesNotCome() {
        Mailbox mailbox = new Mailbox(1);
        assertThatThrownBy(() -> mailbox.take(version(1), "op of version 1")).isInstanceOf(BrokenRuleException.class)
            .hasMessage("no op of version 1 within 1 ms; nothing came");
        mailbox.add(op(7));
        mailbox.add(Server.object().put("type", "rejected").put("seq", 3).put("code", "SEQ_GAP"));
        assertThatThrownBy(() -> mailbox.until(version(8), "op of version 8"))
            .hasMessage("no op of version 8 within 1 ms; what came: op version 7, rejected seq 3 code SEQ_GAP");
    }

    @Test
    void shouldSayAtOnceWhenNothingMoreCanCome() {
        Mailbox mailbox = new Mailbox(LONG_MS);
        mailbox.add(op(1));
        mailbox.end("the server closed with 4400");
        mailbox.end("too late");
        assertThat(mailbox.take(version(1), "op 1")).isEqualTo(op(1));
        assertThatThrownBy(() -> mailbox.take(version(2), "op 2"))
            .hasMessage("no op 2: the server closed with 4400; what came: op version 1");
    }
}
