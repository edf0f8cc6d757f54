package dev.starling.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Literal addresses as text, read and written without any name server (RFC 4291, RFC 5952).
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    static Optional<IpAddress> parse(String text) {
        if (text.length() > 45) { // the longest literal: six groups and a dotted quad
            return Optional.empty();
        }
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text).map(IpAddress::v4);
    }

    static String format(IpAddress address) {
        if (address.isV4()) {
            int bits = address.v4Bits();
            return (bits >>> 24)
                    + "."
                    + ((bits >>> 16) & 0xff)
                    + "."
                    + ((bits >>> 8) & 0xff)
                    + "."
                    + (bits & 0xff);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xffff;
        }
        int gapStart = -1;
        int gapLength = 1; // a single zero group is written out (RFC 5952, 4.2.2)
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static Optional<Integer> parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int value = number(part, 10, 3);
            if (value < 0 || value > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
        }
        return Optional.of(bits);
    }

    private static Optional<IpAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        var head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        var tail = groups(gap < 0 ? "" : text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int count = head.get().size() + tail.get().size();
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return Optional.empty();
        }
        var all = new ArrayList<>(head.get());
        for (int i = count; i < GROUPS; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | all.get(i);
            low = low << 16 | all.get(i + 4);
        }
        return Optional.of(new IpAddress(high, low));
    }

    private static Optional<List<Integer>> groups(String text, boolean mayEndInQuad) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInQuad && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                var quad = parseV4(parts[i]);
                if (quad.isEmpty()) {
                    return Optional.empty();
                }
                groups.add(quad.get() >>> 16);
                groups.add(quad.get() & 0xffff);
                break;
            }
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return Optional.empty();
            }
            groups.add(value);
        }
        return Optional.of(groups);
    }

    private static int number(String digits, int radix, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
