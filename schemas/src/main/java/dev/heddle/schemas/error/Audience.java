package dev.heddle.schemas.error;

/** Who can do something about an error. */
public enum Audience {
    /** Whoever wrote the operation or request. */
    CLIENT("client"),
    /** Whoever runs the installation. */
    OPERATOR("operator"),
    /** Whoever wrote the server: it is a fault of Heddle. */
    DEVELOPER("developer");

    private final String word;

    Audience(String word) {
        this.word = word;
    }

    /** {@return the word of the reference page} */
    public String word() {
        return word;
    }
}
