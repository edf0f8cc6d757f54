package dev.starling.crawler.catalogue;

/// Whole numbers from `least` to `most`, both included.
public record Range(long least, long most) {

    /// Any number that is not negative, and an unknown one too.
    public static final Range ANY = new Range(0, Long.MAX_VALUE);

    public static Range atLeast(long least) {
        return new Range(least, Long.MAX_VALUE);
    }

    public static Range atMost(long most) {
        return new Range(0, most);
    }

    public static Range only(long value) {
        return new Range(value, value);
    }

    public boolean isAny() {
        return least <= 0 && most == Long.MAX_VALUE;
    }

    public boolean contains(long value) {
        return value >= least && value <= most;
    }
}
