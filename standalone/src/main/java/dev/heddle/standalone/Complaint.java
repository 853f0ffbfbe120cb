package dev.heddle.standalone;

/** Something the user has to change before Heddle can start; its message is all they get to see. */
final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Complaint(String message) {
        super(message);
    }

    Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
