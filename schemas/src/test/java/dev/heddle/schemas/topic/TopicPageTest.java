package dev.heddle.schemas.topic;

import dev.heddle.schemas.Golden;
import org.junit.jupiter.api.Test;

class TopicPageTest {

    @Test
    void shouldEqualTheCommittedPageWhenGenerated() throws Exception {
        Golden.check("docs/reference/topics.md", TopicPage.markdown());
    }
}
