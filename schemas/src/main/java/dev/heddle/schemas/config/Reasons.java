package dev.heddle.schemas.config;

/** Failures in one sentence, for people who do not read stack traces. */
public final class Reasons {

    private Reasons() {
    }

    /**
     * {@return what a failure says and, where it says something else, what it comes from}
     *
     * @param failure the failure, never null
     */
    public static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = sentence(failure);
        String origin = sentence(root);
        return root == failure || said.contains(origin) ? said : said + ": " + origin;
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
