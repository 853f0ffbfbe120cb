package dev.heddle.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.engine.workspace.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.graalvm.polyglot.Value;

/** Some pages with one file open against the engine's sequencer, moved on step by step. One thread. */
final class PageRun {
    final Random random;
    final RandomEdits edits;
    final SimulatedServer server;
    final List<Value> pages = new ArrayList<>();
    final List<SimulatedServer.Link> links = new ArrayList<>();

    PageRun(PageScript script, Random random, int count, Limits limits, String text) {
        this.random = random;
        this.edits = new RandomEdits(random);
        this.server = new SimulatedServer(limits, text);
        for (int i = 0; i < count; i++) {
            Value page = script.call("page", "aaaaaaaa-0000-4000-8000-0000000%02d000".formatted(i));
            page.invokeMember("open", SimulatedServer.FILE);
            pages.add(page);
            links.add(server.link(page));
            links.get(i).connect();
        }
        settle();
    }

    String view(int page) {
        return pages.get(page).invokeMember("view", SimulatedServer.FILE).asString();
    }

    void type(int page, boolean deletes, String insert) {
        int length = RandomEdits.length(view(page));
        int at = edits.below(length + 1);
        int delete = deletes ? Math.min(length - at, edits.below(4)) : 0;
        pages.get(page).invokeMember("type", SimulatedServer.FILE, at, delete, insert);
    }

    /** Types or deletes as a step of its own to undo. */
    void typeStep(int page, int at, int delete, String insert) {
        pages.get(page).invokeMember("type", SimulatedServer.FILE, at, delete, insert, false);
    }

    /** Moves messages, breaks and mends links, at random. */
    void shake(int page) {
        SimulatedServer.Link link = links.get(page);
        int chance = random.nextInt(12);
        if (chance == 0 && link.isUp()) {
            link.breakAfter(edits.below(3), edits.below(4));
        } else if (!link.isUp() && chance < 5) {
            link.connect();
        } else if (chance < 8) {
            link.toServerOne();
        } else {
            link.toPageOne();
            mend(page);
        }
    }

    /** Until nothing is under way and nothing is unconfirmed. */
    void settle() {
        for (int round = 0; round < 10_000; round++) {
            boolean idle = true;
            for (int i = 0; i < pages.size(); i++) {
                if (!links.get(i).isUp()) {
                    links.get(i).connect();
                }
                idle &= links.get(i).idle();
                links.get(i).toServerOne();
                links.get(i).toPageOne();
                pages.get(i).invokeMember("wait");
                mend(i);
            }
            if (idle) {
                return;
            }
        }
        throw new AssertionError("the pages never came to rest");
    }

    private void mend(int page) {
        if (pages.get(page).getMember("wantsReconnect").asBoolean()) {
            links.get(page).breakAfter(0, 0);
            links.get(page).connect();
        }
    }

    void expectAgreement() {
        for (int i = 0; i < pages.size(); i++) {
            Value page = pages.get(i);
            assertThat(view(i)).as("text on page %d", i).isEqualTo(server.text());
            assertThat(page.invokeMember("serverText", SimulatedServer.FILE).asString()).isEqualTo(server.text());
            assertThat(page.invokeMember("phase", SimulatedServer.FILE).asString()).isEqualTo("synchronised");
            assertThat(page.invokeMember("unconfirmed").asInt()).isZero();
            assertThat(page.invokeMember("version").asLong()).isEqualTo(server.version());
        }
    }

    boolean undo(int page) {
        return pages.get(page).invokeMember("undo", SimulatedServer.FILE).asBoolean();
    }

    boolean redo(int page) {
        return pages.get(page).invokeMember("redo", SimulatedServer.FILE).asBoolean();
    }

    String news(int page) {
        return pages.get(page).invokeMember("news").asString();
    }
}
