package dev.starling.metainfo;

import java.io.Serial;

/// Why something is refused, on its way from where it was noticed to the reader that makes a result
/// of it. Never leaves the package; costs no stack trace.
final class Refusal extends Exception {

    @Serial private static final long serialVersionUID = 1;

    /// @param reason in words for a person
    Refusal(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
