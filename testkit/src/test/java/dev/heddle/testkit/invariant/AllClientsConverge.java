package dev.heddle.testkit.invariant;

import dev.heddle.engine.workspace.FileImage;

/** At rest every client has seen the newest version and shows the texts that the canonical log makes. */
public final class AllClientsConverge implements Invariant {

    /** An invariant of one run. */
    public AllClientsConverge() {
    }

    @Override
    public void atRest(Chronicle seen, Rest rest) {
        for (Rest.ClientView client : rest.clients()) {
            long newest = seen.versions(client.workspace());
            if (client.version() != newest) {
                throw new InvariantBroken(name(), client.client() + " has seen version " + client.version()
                    + " of workspace " + client.workspace() + " (expected: " + newest + ")");
            }
            client.texts().forEach((id, text) -> {
                FileImage file = seen.file(client.workspace(), id, newest);
                String expected = file == null || file.deleted() ? null : file.text().toString();
                if (!text.equals(expected)) {
                    throw new InvariantBroken(name(), client.client() + " shows '" + text + "' for file " + id
                        + " of workspace " + client.workspace() + " (expected: '" + expected + "')");
                }
            });
        }
    }
}
