package dev.starling.bench.micro;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/// What the benchmarks work on, the same in every run.
public final class Samples {

    private static final long SEED = 1;

    private Samples() {}

    public static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    static List<Id> ids(RandomGenerator random, int count) {
        return Stream.generate(() -> Id.random(random)).limit(count).toList();
    }

    /// Contacts each at an address of its own, as the table wants them.
    static List<Contact> contacts(RandomGenerator random, int count) {
        return Stream.generate(() -> new Contact(Id.random(random), endpoint(random)))
                .limit(count)
                .toList();
    }

    /// Somewhere in 32.0.0.0 to 95.255.255.255, which are all public.
    public static Endpoint endpoint(RandomGenerator random) {
        int address = random.nextInt(0x2000_0000, 0x6000_0000);
        return new Endpoint(IpAddress.v4(address), random.nextInt(1_024, 65_536));
    }
}
