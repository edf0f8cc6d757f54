package dev.starling.node;

import java.time.Duration;
import java.util.Locale;

/// Amounts as a person reads and writes them.
public final class Units {

    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    public static String bytes(long amount) {
        return bytes((double) amount);
    }

    /// `1.5 GiB`: three digits that count.
    public static String bytes(double amount) {
        int unit = 0;
        double value = amount;
        while (value >= 1023.5 && unit < BYTES.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, BYTES[unit]);
    }

    /// `1 contact`, `2 contacts`.
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    public static String rate(double bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /// `850 ms`, `4.2 s`, `3m 20s`, `2h 5m`, `3d 4h`.
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + "h " + seconds / 60 % 60 + "m";
        }
        return seconds / 86_400 + "d " + seconds / 3_600 % 24 + "h";
    }

    /// `0.31 ms`, `120 ms`: a round trip.
    public static String milliseconds(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
    }

    /// Reads `500ms`, `90s`, `2m`, `1h`, `1d` or parts joined such as `1h30m`.
    ///
    /// @throws IllegalArgumentException for anything else, saying what is expected
    public static Duration parseDuration(String text) {
        var matcher =
                java.util.regex.Pattern.compile(
                                "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?"
                                        + "(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?")
                        .matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write 500ms, 90s, 2m, 1h or 1h30m");
        }
        long[] millisPerUnit = {86_400_000, 3_600_000, 60_000, 1_000, 1};
        long millis = 0;
        for (int i = 0; i < millisPerUnit.length; i++) {
            String digits = matcher.group(i + 1);
            millis += digits == null ? 0 : Long.parseLong(digits) * millisPerUnit[i];
        }
        return Duration.ofMillis(millis);
    }

    /// Reads `300`, `64KiB`, `256MiB`, `1GiB` (also `K`, `M`, `G`).
    public static long parseBytes(String text) {
        var matcher =
                java.util.regex.Pattern.compile("(\\d{1,12})\\s*(?:([kmgt])(?:i?b)?|b)?")
                        .matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size; write 300, 64KiB, 256MiB or 1GiB");
        }
        int shift = matcher.group(2) == null ? 0 : 10 * ("kmgt".indexOf(matcher.group(2)) + 1);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    }
}
