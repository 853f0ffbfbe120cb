package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page says after each kind of answer, message by message. */
class PageProtocolTest extends LoadedPage {

    private static final String FILE = SimulatedServer.FILE;
    private static final String SESSION = "aaaaaaaa-0000-4000-8000-000000000000";
    private Value page;

    /** A page that has the text "ab" open at version 7. */
    @BeforeEach
    void join() {
        page = script.call("page", SESSION);
        page.invokeMember("open", FILE);
        page.invokeMember("connect");
        receive("{'type':'welcome','session':'%s','workspace':'demo','version':7,'limits':{'messageBytes':300}}",
            SESSION);
        assertThat(take()).isEqualTo("{'type':'open','file':'" + FILE + "'}");
        receive("{'type':'opened','file':'%s','path':'a.txt','version':7,'text':'ab','hash':''}", FILE);
    }

    private void receive(String message, Object... arguments) {
        page.invokeMember("receive", message.formatted(arguments).replace('\'', '"'));
    }

    private String take() {
        Value message = page.invokeMember("take");
        return message.isNull() ? null : message.asString().replace('"', '\'');
    }

    private void type(int at, String insert) {
        page.invokeMember("type", FILE, at, 0, insert);
    }

    private void reject(long seq, String code, boolean retriable, String more) {
        receive("{'type':'rejected','seq':%d,'code':'%s','message':'no','retriable':%b,'version':7%s}", seq, code,
            retriable, more);
    }

    private static String submit(long seq, long base, int at, String insert) {
        return ("{'type':'submit','seq':%d,'base':%d,'op':{'kind':'edit','file':'%s',"
            + "'changes':[{'at':%d,'delete':0,'insert':'%s'}]}}").formatted(seq, base, FILE, at, insert);
    }

    private void foreign(long version, int at, String insert) {
        receive("{'type':'op','version':%d,'file':'%s','path':'a.txt','author':'b','session':'other','seq':%d,'time':0,"
            + "'op':{'kind':'edit','file':'%s','changes':[{'at':%d,'delete':0,'insert':'%s'}]}}", version, FILE,
            version, FILE, at, insert);
    }

    @Test
    void shouldHoldBackLaterEditsWhenOneIsInFlight() {
        type(0, "1");
        type(1, "2");
        type(2, "3");
        assertThat(take()).isEqualTo(submit(1, 7, 0, "1"));
        assertThat(take()).isNull();
        assertThat(page.invokeMember("phase", FILE).asString()).isEqualTo("awaitingWithBuffer");
        receive("{'type':'op','version':8,'file':'%s','path':'a.txt','author':'a','session':'%s','seq':1,'time':0,"
            + "'op':{'kind':'edit','file':'%s','changes':[{'at':0,'delete':0,'insert':'1'}]}}", FILE, SESSION, FILE);
        assertThat(take()).isEqualTo(submit(2, 8, 1, "23"));
    }

    @Test
    void shouldSayTheSameAgainWhenTheServerWasUnavailable() {
        type(2, "x");
        String said = take();
        foreign(8, 0, "later");
        reject(1, "UNAVAILABLE", true, "");
        assertThat(take()).isNull();
        page.invokeMember("wait");
        assertThat(take()).isEqualTo(said);
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("laterabx");
    }

    @Test
    void shouldTakeTheExpectedNumberWhenTheServerHasAnother() {
        type(2, "x");
        take();
        foreign(8, 0, "__");
        reject(1, "SEQ_GAP", true, ",'expectedSeq':5");
        assertThat(take()).isEqualTo(submit(5, 8, 4, "x"));
    }

    @Test
    void shouldSayItAgainAgainstTheNewestVersionWhenTheBaseWasTooOld() {
        type(2, "x");
        take();
        foreign(8, 0, "__");
        reject(1, "BASE_TOO_OLD", false, "");
        assertThat(take()).isEqualTo(submit(2, 8, 4, "x"));
    }

    @Test
    void shouldBeginAnotherSessionWhenItsNumbersWereUsed() {
        type(2, "x");
        take();
        reject(1, "SEQ_REUSED", false, "");
        assertThat(page.getMember("wantsReconnect").asBoolean()).isTrue();
        page.invokeMember("disconnect");
        String hello = page.invokeMember("connect").asString();
        assertThat(hello).doesNotContain(SESSION).contains("\"resume\":7");
        receive("{'type':'welcome','session':'x','workspace':'demo','version':7,'limits':{}}");
        assertThat(take()).isEqualTo(submit(1, 7, 2, "x"));
    }

    @Test
    void shouldTakeBackWhatWasRefusedAndKeepWhatCameAfter() {
        type(2, "bad");
        take();
        type(0, "good");
        reject(1, "TOO_LARGE", false, "");
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("goodab");
        assertThat(page.invokeMember("news").asString()).isEqualTo("rejected TOO_LARGE bad");
        assertThat(take()).isEqualTo(submit(2, 7, 0, "good"));
    }

    @Test
    void shouldNotSendWhatIsLargerThanTheServerTakes() {
        type(0, "😀".repeat(100));
        assertThat(take()).isNull();
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("ab");
        type(0, "fits");
        assertThat(take()).isEqualTo(submit(1, 7, 0, "fits"));
    }

    @Test
    void shouldConnectAnewWhenAVersionIsMissing() {
        foreign(9, 0, "x");
        assertThat(page.getMember("wantsReconnect").asBoolean()).isTrue();
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("ab");
    }

    @Test
    void shouldPassOverWhatWasSeenWhenItIsSentTwice() {
        foreign(8, 0, "x");
        foreign(8, 0, "x");
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("xab");
    }

    @Test
    void shouldReadTheFileAgainWhenTheServerCommittedSomethingElse() {
        type(0, "mine");
        take();
        receive("{'type':'op','version':8,'file':'%s','path':'a.txt','author':'a','session':'%s','seq':1,'time':0,"
            + "'op':{'kind':'edit','file':'%s','changes':[{'at':0,'delete':0,'insert':'other'}]}}", FILE, SESSION,
            FILE);
        assertThat(page.invokeMember("news").asString()).isEqualTo("rejected DIVERGED mine");
        assertThat(take()).isEqualTo("{'type':'open','file':'" + FILE + "'}");
        receive("{'type':'opened','file':'%s','path':'a.txt','version':8,'text':'otherab','hash':''}", FILE);
        assertThat(page.invokeMember("view", FILE).asString()).isEqualTo("otherab");
        assertThat(page.invokeMember("phase", FILE).asString()).isEqualTo("synchronised");
    }
}
