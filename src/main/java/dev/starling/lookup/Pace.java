package dev.starling.lookup;

/// How many queries a lookup keeps under way: alpha, three times that until the first answer, and
/// up to four times where many contacts are dead.
final class Pace {

    /// Bounds the queries in flight, overtaken ones included, in multiples of alpha.
    private static final int MAX_OVERTAKEN = 4;

    /// Bounds the queries in flight in any case.
    static final int MAX_IN_FLIGHT = 64;

    /// Queries beyond alpha until the first answer, in multiples of alpha: those it begins with are
    /// the farthest from the target, so what matters is that some answer soon.
    private static final int FIRST_WAVE = 2;

    /// The lowest share of answers by which alpha is widened, fourfold then.
    private static final double MIN_SHARE = 0.5;

    private final Lookup.Settings settings;
    private final RoundTripTimes times;

    Pace(Lookup.Settings settings, RoundTripTimes times) {
        this.settings = settings;
        this.times = times;
    }

    /// Among how many of the closest candidates to ask, where so many are sought.
    int window(int sought, boolean hasAnswered) {
        return sought + wave(hasAnswered);
    }

    /// How many of the window's candidates may be in flight.
    int alpha(boolean hasAnswered) {
        return width() + wave(hasAnswered);
    }

    /// How many may be in flight, those overtaken by closer candidates included.
    int maxInFlight(boolean hasAnswered) {
        return Math.min(MAX_OVERTAKEN * alpha(hasAnswered), MAX_IN_FLIGHT);
    }

    private int wave(boolean hasAnswered) {
        return hasAnswered ? 0 : FIRST_WAVE * settings.alpha();
    }

    /// Wider where many contacts are dead: a dead one costs its own slot and the time of those it
    /// would have named.
    private int width() {
        double share = Math.max(times.answeredShare(), MIN_SHARE);
        return (int) (settings.alpha() / (share * share));
    }
}
