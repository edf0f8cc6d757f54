package dev.starling.sim;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Bytes that a broken or hostile program might send in place of a message.
final class SimGarbage {

    private static final int KINDS = 6;
    private static final int LONGEST = 1_400;

    private SimGarbage() {}

    /// What has become of `message`; often still nearly one.
    static byte[] of(byte[] message, RandomGenerator random) {
        return switch (random.nextInt(KINDS)) {
            case 0 -> Arrays.copyOf(message, random.nextInt(message.length)); // cut off
            case 1 -> noise(random.nextInt(LONGEST), random);
            case 2 -> repeated(random.nextBoolean() ? 'l' : 'd', random.nextInt(1, LONGEST));
            case 3 -> flipped(message, random.nextInt(1, 4), random);
            case 4 -> inserted(message, "99999999999:", random);
            default -> inserted(message, "i-0e", random);
        };
    }

    private static byte[] noise(int length, RandomGenerator random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] repeated(char what, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) what);
        return bytes;
    }

    private static byte[] flipped(byte[] message, int count, RandomGenerator random) {
        byte[] bytes = message.clone();
        for (int i = 0; i < count; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] inserted(byte[] message, String what, RandomGenerator random) {
        int place = random.nextInt(message.length);
        byte[] bytes = new byte[message.length + what.length()];
        System.arraycopy(message, 0, bytes, 0, place);
        for (int i = 0; i < what.length(); i++) {
            bytes[place + i] = (byte) what.charAt(i);
        }
        System.arraycopy(message, place, bytes, place + what.length(), message.length - place);
        return bytes;
    }
}
