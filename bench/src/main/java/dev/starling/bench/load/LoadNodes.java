package dev.starling.bench.load;

import dev.starling.id.Id;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// All nodes that we play. Against a target on loopback each has an address of its own; elsewhere
/// they share this machine's and differ by port.
final class LoadNodes implements AutoCloseable {

    /// 127.77.0.0/16, which nobody else is likely to use.
    private static final int LOOPBACK_NETWORK = 77;

    final Selector selector;
    final List<LoadNode> all = new ArrayList<>();

    LoadNodes(int count, InetSocketAddress target, RandomGenerator random) throws IOException {
        selector = Selector.open();
        try {
            for (int i = 0; i < count; i++) {
                var local = new InetSocketAddress(address(target.getAddress(), i), 0);
                all.add(LoadNode.open(Id.random(random), local, target, selector));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static InetAddress address(InetAddress target, int index) throws IOException {
        boolean isV4 = target.getAddress().length == 4;
        if (target.isLoopbackAddress() && isV4) {
            int host = index + 1;
            return InetAddress.getByAddress(
                    new byte[] {127, LOOPBACK_NETWORK, (byte) (host >>> 8), (byte) host});
        }
        return InetAddress.getByAddress(new byte[isV4 ? 4 : 16]);
    }

    /// The first of them, who ask; all answer.
    List<LoadNode> first(int count) {
        return all.subList(0, Math.min(count, all.size()));
    }

    @Override
    public void close() throws IOException {
        for (var node : all) {
            node.close();
        }
        selector.close();
    }
}
