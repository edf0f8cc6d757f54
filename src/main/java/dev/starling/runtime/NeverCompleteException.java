package dev.starling.runtime;

import java.io.IOException;

/// A download that cannot complete however often it is tried: what was asked for does not exist.
public final class NeverCompleteException extends IOException {

    private static final long serialVersionUID = 1;

    public NeverCompleteException(String message) {
        super(message);
    }
}
