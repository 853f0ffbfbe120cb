package dev.heddle.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.engine.RejectionCode;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.teststack.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientMessageDecoderTest {

    private static final int FRAMES = 20_000;
    private static final String UUID = "0190e0c6-7c53-7c53-8c53-0190e0c67c53";
    private static final String[] SEEDS = {
        "{\"type\":\"hello\",\"session\":\"" + UUID + "\",\"name\":\"Ada\",\"resume\":3,\"follow\":\"opened\"}",
        "{\"type\":\"open\",\"path\":\"src/a.rs\"}",
        "{\"type\":\"submit\",\"seq\":1,\"base\":0,\"after\":1,\"op\":{\"kind\":\"edit\",\"file\":\"f\",\"changes\":"
            + "[{\"at\":0,\"delete\":0,\"insert\":\"x\uD83D\uDE00\"}]}}",
        "{\"type\":\"submit\",\"seq\":1,\"base\":0,\"op\":{\"kind\":\"replace\",\"path\":\"a\",\"find\":\"b\",\"with\":"
            + "\"c\",\"occurrence\":\"all\"}}",
        "{\"type\":\"presence\",\"file\":\"f\",\"anchor\":1,\"head\":2,\"version\":3,\"state\":\"typing\"}"};

    private final ClientMessageDecoder decoder = new ClientMessageDecoder(10_000);

    private RejectionCode refusal(String text) {
        return catchThrowableOfType(ProtocolException.class, () -> decoder.decode(text)).code();
    }

    @Test
    void shouldReadEveryMessageOfTheProtocol() throws ProtocolException {
        assertThat(decoder.decode(SEEDS[0]))
            .isEqualTo(new ClientMessage.Hello(UUID, "Ada", 3L, ClientMessage.Follow.OPENED, null));
        assertThat(decoder.decode(SEEDS[1])).isInstanceOf(ClientMessage.Open.class);
        ClientMessage.Submit submit = (ClientMessage.Submit) decoder.decode(SEEDS[2]);
        assertThat(submit.after()).isEqualTo(1);
        assertThat(submit.operation()).isInstanceOf(Operation.Edit.class);
        assertThat(decoder.decode(SEEDS[4]))
            .isEqualTo(new ClientMessage.Presence("f", 1, 2, 3L, "typing"));
    }

    @Test
    void shouldIgnoreFieldsItDoesNotKnow() throws ProtocolException {
        assertThat(decoder.decode("{\"type\":\"hello\",\"session\":\"" + UUID + "\",\"colour\":\"red\"}"))
            .isEqualTo(new ClientMessage.Hello(UUID, null, null, ClientMessage.Follow.ALL, null));
    }

    @Test
    void shouldAnswerNotPunishWhenOnlyTheOperationIsWrong() throws ProtocolException {
        ClientMessage message = decoder.decode("{\"type\":\"submit\",\"seq\":4,\"base\":0,\"op\":{\"kind\":\"x\"}}");
        assertThat(message).isInstanceOfSatisfying(ClientMessage.Unreadable.class, unreadable -> {
            assertThat(unreadable.seq()).isEqualTo(4);
            assertThat(unreadable.code()).isEqualTo(RejectionCode.BAD_REQUEST);
        });
    }

    @Test
    void shouldRefuseTextThatIsNotWellFormed() throws ProtocolException {
        assertThat(refusal("{\"type\":\"hello\",\"session\":\"" + UUID + "\",\"name\":\"\\udc00\"}"))
            .isEqualTo(RejectionCode.TEXT_MALFORMED);
        ClientMessage message = decoder.decode("{\"type\":\"submit\",\"seq\":1,\"base\":0,\"op\":{\"kind\":\"create\","
            + "\"path\":\"a\",\"text\":\"x\\ud800y\"}}");
        assertThat(message).isInstanceOfSatisfying(ClientMessage.Unreadable.class, unreadable ->
            assertThat(unreadable.code()).isEqualTo(RejectionCode.TEXT_MALFORMED));
    }

    @Test
    void shouldTakeMessageOfTheLimitAndRefuseOneByteMore() throws ProtocolException {
        String frame = "{\"type\":\"open\",\"path\":\"\"}";
        String exact = frame.replace("\"\"}", "\"" + "x".repeat(10_000 - frame.length()) + "\"}");
        assertThat(decoder.decode(exact)).isInstanceOf(ClientMessage.Open.class);
        assertThat(refusal(exact.replace("x\"}", "xx\"}"))).isEqualTo(RejectionCode.TOO_LARGE);
    }

    @Test
    void shouldGiveMessageOrTypedRefusalForAnyGarbage() {
        Random random = Seeds.random("ClientMessageDecoderTest.garbage");
        int refused = 0;
        for (int i = 0; i < FRAMES; i++) {
            String frame = i % 4 == 0 ? noise(random) : mutated(random);
            try {
                assertThat(decoder.decode(frame)).isNotNull();
            } catch (ProtocolException e) {
                refused++;
                assertThat(e.getMessage()).as("message for %s", frame).isNotBlank();
                assertThat(e.closeCode()).isBetween(4400, 4599);
            } catch (RuntimeException e) {
                throw new AssertionError("frame " + i + ": " + frame, e);
            }
        }
        assertThat(refused).isGreaterThan(FRAMES / 4);
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        String tokens = "{}[]\",:0123456789-eE.nulltruefalse\\ud8\u0000\uD800 ";
        for (int times = 1 + random.nextInt(4); times > 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, tokens.charAt(random.nextInt(tokens.length())));
                case 2 -> text.setCharAt(at, tokens.charAt(random.nextInt(tokens.length())));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString();
    }
}
