package dev.starling.net;

import dev.starling.id.IpAddress;
import java.util.HashMap;
import java.util.Map;

/// Counts connections against [PeerPort.Limits]. Loop only.
final class ConnectionCount {

    private final PeerPort.Limits limits;
    private final Map<IpAddress, Integer> byAddress = new HashMap<>();
    private int open;
    private int calls;

    ConnectionCount(PeerPort.Limits limits) {
        this.limits = limits;
    }

    /// Whether another connection with this address may be opened.
    boolean admits(IpAddress address) {
        return open < limits.connections()
                && (address.isLocal() || byAddress.getOrDefault(address, 0) < limits.perAddress());
    }

    boolean admitsCall() {
        return calls < limits.calls();
    }

    void opened(IpAddress address) {
        open++;
        byAddress.merge(address, 1, Integer::sum);
    }

    void closed(IpAddress address) {
        open--;
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    void callBegun() {
        calls++;
    }

    void callEnded() {
        calls--;
    }
}
