package dev.starling.sim;

/// An invariant does not hold: a mistake of ours, found by a seed that finds it again.
public final class SimViolation extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String invariant;

    SimViolation(String invariant, String where, String detail) {
        super(invariant + " is broken " + where + ": " + detail);
        this.invariant = invariant;
    }

    /// Its name.
    public String invariant() {
        return invariant;
    }
}
