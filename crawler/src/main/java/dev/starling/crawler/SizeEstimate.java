package dev.starling.crawler;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import java.util.List;

/// How many nodes a network has, from how close the closest ones lie to random targets.
///
/// With n ids spread evenly over the keyspace, the distance from a target to its k-th closest node
/// is about k/n of the whole. Summed over many lookups, (k-1) / distance estimates n without bias,
/// and k observations a lookup give a relative error of 1/sqrt(lookups x (k-2)). Nodes that did not
/// answer are not counted, so this is the number of nodes that answer. Confined to one thread.
final class SizeEstimate {

    /// Two standard errors: about 95 in 100 such intervals hold the true number.
    private static final double STANDARD_ERRORS = 2;

    private double sum;
    private int lookups;
    private int contacts;

    /// What one lookup found: the closest contacts that answered, closest first.
    void add(Id target, List<Contact> closest) {
        int k = closest.size();
        if (k < 3) {
            return;
        }
        double farthest = share(target.xor(closest.get(k - 1).id()));
        if (farthest > 0) {
            sum += (k - 1) / farthest;
            lookups++;
            contacts += k - 2;
        }
    }

    /// A distance as a share of the keyspace, 0 to 1.
    private static double share(Id distance) {
        double high = (distance.high() >>> 1) * 2.0 + (distance.high() & 1);
        return high / 0x1p64;
    }

    /// The best guess, 0 when nothing is known.
    double nodes() {
        return lookups == 0 ? 0 : sum / lookups;
    }

    double low() {
        return nodes() * Math.max(0, 1 - relativeError());
    }

    double high() {
        return nodes() * (1 + relativeError());
    }

    private double relativeError() {
        return contacts == 0 ? 0 : STANDARD_ERRORS / Math.sqrt(contacts);
    }
}
