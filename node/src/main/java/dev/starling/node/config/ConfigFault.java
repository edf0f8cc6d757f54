package dev.starling.node.config;

/// What is wrong with a config file: where, what, and what would help.
public final class ConfigFault extends Exception {

    private static final long serialVersionUID = 1;

    private final String hint;

    /// @param reason begins with the file's name and the number of the line
    /// @param hint what to write instead; may be empty
    ConfigFault(String reason, String hint) {
        super(reason);
        this.hint = hint;
    }

    ConfigFault(String reason, String hint, Throwable cause) {
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
