package dev.starling.sim;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where simulated nodes live: it decides which rules about addresses and networks bear on them.
public enum SimPlace {

    /// Each at a public IPv4 address of its own.
    INTERNET {
        @Override
        Endpoint endpoint(int number, RandomGenerator random) {
            return new Endpoint(global(() -> IpAddress.v4(random.nextInt())), DHT_PORT);
        }
    },

    /// Each at a public IPv6 address of its own, in 2000::/3.
    INTERNET_V6 {
        @Override
        Endpoint endpoint(int number, RandomGenerator random) {
            long high = (random.nextLong() >>> 3) | 0x2000_0000_0000_0000L;
            return new Endpoint(new IpAddress(high, random.nextLong()), DHT_PORT);
        }
    },

    /// All on 127.0.0.1, at one port each, as a private network under test.
    ONE_MACHINE {
        @Override
        Endpoint endpoint(int number, RandomGenerator random) {
            return new Endpoint(IpAddress.v4(0x7f000001), FIRST_LOCAL_PORT + number);
        }
    };

    private static final int DHT_PORT = 6881;
    private static final int FIRST_LOCAL_PORT = 20_000;

    /// An endpoint for the node with this number.
    abstract Endpoint endpoint(int number, RandomGenerator random);

    private static IpAddress global(Supplier<IpAddress> candidates) {
        var address = candidates.get();
        while (!address.isGlobal()) {
            address = candidates.get();
        }
        return address;
    }
}
