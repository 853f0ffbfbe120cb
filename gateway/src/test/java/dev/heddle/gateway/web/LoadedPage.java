package dev.heddle.gateway.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What tests of the page's own modules begin with: they are loaded once for all tests of a class. */
abstract class LoadedPage {

    static PageScript script;

    @BeforeAll
    static void load() {
        script = new PageScript();
    }

    @AfterAll
    static void unload() {
        script.close();
    }
}
