package dev.starling.crawler.walk;

import java.util.Optional;
import java.util.regex.Pattern;

/// One crawler's share of the keyspace, when several divide it.
///
/// @param number 1 to `count`
public record Slice(int number, int count) {

    public static final Slice WHOLE = new Slice(1, 1);

    /// As many crawlers as one might run; each still has several zones of the smallest network.
    public static final int MAX_COUNT = 1024;

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

    public Slice {
        if (count < 1 || count > MAX_COUNT || number < 1 || number > count) {
            throw new IllegalArgumentException("slice " + number + "/" + count);
        }
    }

    /// Parses `3/16`; empty for anything else.
    public static Optional<Slice> parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(match.group(1));
        int count = Integer.parseInt(match.group(2));
        return number < 1 || number > count || count > MAX_COUNT
                ? Optional.empty()
                : Optional.of(new Slice(number, count));
    }

    /// The bits that zones need at least, so that every slice has several.
    int minBits() {
        return count == 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1) + 2;
    }

    /// The first of this slice's zones of so many bits.
    int firstZone(int bits) {
        return (int) ((long) (number - 1) * (1L << bits) / count);
    }

    /// The zone after the last.
    int endZone(int bits) {
        return (int) ((long) number * (1L << bits) / count);
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
