package dev.starling.bench.conformance;

/// A check has ended before its last question.
final class CannotTell extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    private CannotTell(Verdict verdict) {
        super(verdict.toString());
        this.verdict = verdict;
    }

    static CannotTell failed(String detail) {
        return new CannotTell(new Verdict.Fails(detail));
    }

    static CannotTell skipped(String reason) {
        return new CannotTell(new Verdict.Skipped(reason));
    }

    Verdict verdict() {
        return verdict;
    }
}
