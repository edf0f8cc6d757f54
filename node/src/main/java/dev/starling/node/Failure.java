package dev.starling.node;

/// A command cannot do what it was asked: why, and what would help. Ends the program with status 1
/// and these two lines, never with a stack trace.
public final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    private final String hint;

    /// @param reason what went wrong, naming the value
    /// @param hint what to do about it; may be empty
    public Failure(String reason, String hint) {
        super(reason);
        this.hint = hint;
    }

    public Failure(String reason, String hint, Throwable cause) {
        super(reason, cause);
        this.hint = hint;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }
}
