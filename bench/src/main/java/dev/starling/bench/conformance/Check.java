package dev.starling.bench.conformance;

/// One thing that a node should do.
///
/// @param bep the BEP that asks for it; of "robust" none does, but a node that is not is of no use
record Check(String bep, String behaviour, Test test) {

    interface Test {
        Verdict run(Session session) throws CannotTell;
    }

    Verdict run(Session session) {
        try {
            return test.run(session);
        } catch (CannotTell e) {
            return e.verdict();
        }
    }
}
