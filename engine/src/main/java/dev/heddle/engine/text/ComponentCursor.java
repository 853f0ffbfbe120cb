package dev.heddle.engine.text;

/** Walks the components of an operation, which end in a retain of all the rest. For one walk. */
final class ComponentCursor {

    private final int[] components;
    private int index = -1;
    /** Kind of the component it stands at. */
    int kind;
    /** What is left of that component, in code points. */
    int rest;
    /** Whether all written components are behind. */
    boolean ended;

    ComponentCursor(Skeleton operation) {
        components = operation.components;
        next();
    }

    /** Goes on to the next component. */
    void next() {
        if (++index < components.length) {
            kind = ComponentBuffer.kind(components[index]);
            rest = ComponentBuffer.length(components[index]);
        } else {
            ended = true;
            kind = ComponentBuffer.RETAIN;
            rest = Integer.MAX_VALUE;
        }
    }

    /** Leaves some code points behind, at most what is left of the component. */
    void take(int length) {
        rest -= length;
        if (rest == 0) {
            next();
        }
    }
}
