package dev.heddle.gateway.web;

import dev.heddle.engine.workspace.CanonicalOperation;
import dev.heddle.engine.workspace.Decision;
import dev.heddle.engine.workspace.FileImage;
import dev.heddle.engine.workspace.Limits;
import dev.heddle.engine.workspace.Operation;
import dev.heddle.engine.workspace.Sequencer;
import dev.heddle.engine.workspace.Submission;
import dev.heddle.engine.workspace.WorkspaceState;
import dev.heddle.schemas.json.OperationJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;

/** The engine's sequencer behind the protocol's messages, with a link per page that can lose what is under way. */
final class SimulatedServer {

    static final String FILE = "11111111-2222-4333-8444-555555555555";

    /** The link between one page and the server; what is on it is lost when it breaks. */
    final class Link {
        private final Value page;
        private final Deque<String> toServer = new ArrayDeque<>();
        private final Deque<String> toPage = new ArrayDeque<>();
        private String session;
        private boolean up;
        private boolean joined;

        Link(Value page) {
            this.page = page;
        }

        boolean isUp() {
            return up;
        }

        void connect() {
            up = true;
            toServer.add(page.invokeMember("connect").asString());
        }

        /** Breaks the link: the page sees the first messages of those under way to it, the server those to it. */
        void breakAfter(int seenByServer, int seenByPage) {
            for (int i = 0; i < seenByServer; i++) {
                toServerOne();
            }
            for (int i = 0; i < seenByPage; i++) {
                toPageOne();
            }
            up = false;
            joined = false;
            toServer.clear();
            toPage.clear();
            page.invokeMember("disconnect");
        }

        /** Lets one message reach the server. */
        void toServerOne() {
            collect();
            String message = toServer.poll();
            if (message != null) {
                handle(this, message);
            }
        }

        /** Lets one message reach the page. */
        void toPageOne() {
            String message = toPage.poll();
            if (message != null) {
                page.invokeMember("receive", message);
            }
            collect();
        }

        boolean idle() {
            collect();
            return toServer.isEmpty() && toPage.isEmpty();
        }

        private void collect() {
            Value sent = page.invokeMember("take");
            while (!sent.isNull()) {
                toServer.add(sent.asString());
                sent = page.invokeMember("take");
            }
        }

        private void send(String message) {
            if (joined) {
                toPage.add(message);
            }
        }
    }

    private final WorkspaceState state;
    private final List<Link> links = new ArrayList<>();
    private final List<CanonicalOperation> log = new ArrayList<>();
    private final Map<Long, String> answers = new HashMap<>();
    private long offset;

    SimulatedServer(Limits limits, String text) {
        state = WorkspaceState.empty("demo", limits, version -> log.get((int) version - 1));
        decide(null, new Submission("99999999-2222-4333-8444-555555555555", 1, 0, null, "setup",
            new Operation.Create("file.txt", text, FILE), offset++, 0));
    }

    Link link(Value page) {
        Link link = new Link(page);
        links.add(link);
        return link;
    }

    String text() {
        return state.image().file(FILE).map(FileImage::text).orElseThrow().toString();
    }

    boolean deleted() {
        return state.image().file(FILE).orElseThrow().deleted();
    }

    long version() {
        return state.version();
    }

    private void handle(Link link, String message) {
        var json = OperationJson.parse(message, 1_000_000);
        switch (json.get("type").asText()) {
            case "hello" -> {
                link.joined = true;
                link.session = json.get("session").asText();
                link.send("{\"type\":\"welcome\",\"session\":\"" + link.session
                    + "\",\"workspace\":\"demo\",\"version\":" + state.version() + ",\"limits\":{}}");
                long resume = json.has("resume") ? json.get("resume").asLong() : state.version();
                log.subList((int) resume, log.size()).forEach(op -> link.send(OperationJson.opMessage(op).toString()));
            }
            case "open" -> link.send("{\"type\":\"opened\",\"file\":\"" + FILE + "\",\"path\":\"file.txt\",\"version\":"
                + state.version() + ",\"text\":" + RandomEdits.quoted(text()) + "}");
            case "submit" -> decide(link, new Submission(link.session, json.get("seq").asLong(),
                json.get("base").asLong(), null, "page", OperationJson.submitted(json.get("op")), offset++, 0));
            default -> throw new IllegalStateException(message);
        }
    }

    private void decide(Link author, Submission submission) {
        Decision decision = Sequencer.decide(state, submission);
        state.replay(decision);
        if (decision instanceof Decision.Accepted accepted) {
            log.add(accepted.operation());
            String message = OperationJson.opMessage(accepted.operation()).toString();
            answers.put(decision.sourceOffset(), message);
            links.forEach(link -> link.send(message));
        } else if (decision instanceof Decision.Rejected rejected) {
            String message = OperationJson.rejectedMessage(rejected.rejection()).toString();
            answers.put(decision.sourceOffset(), message);
            author.send(message);
        } else if (decision instanceof Decision.Repeated repeated) {
            author.send(answers.get(repeated.originalSourceOffset()));
        }
    }
}
