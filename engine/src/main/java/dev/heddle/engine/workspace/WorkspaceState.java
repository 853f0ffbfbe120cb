package dev.heddle.engine.workspace;

/** Placeholder so that the house builds; the engine is written next. */
public final class WorkspaceState {

    /**
     * The only mutator.
     *
     * @param decision what was decided
     */
    public void replay(Decision decision) {
        throw new UnsupportedOperationException("written next");
    }
}
