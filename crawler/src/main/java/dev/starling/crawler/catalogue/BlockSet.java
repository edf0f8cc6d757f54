package dev.starling.crawler.catalogue;

import dev.starling.id.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The blocks in force, ready to be held against torrents. Immutable.
public final class BlockSet {

    public static final BlockSet EMPTY = new BlockSet(List.of());

    private final Set<Id> hashes = new TreeSet<>();
    private final List<BlockRule> others = new ArrayList<>();

    public BlockSet(Collection<? extends BlockRule> rules) {
        for (BlockRule rule : rules) {
            switch (rule) {
                case BlockRule.Hash(var infoHash) -> hashes.add(infoHash);
                case BlockRule.Word _, BlockRule.Rule _ -> others.add(rule);
            }
        }
    }

    /// Whether a block names this infohash.
    public boolean contains(Id infoHash) {
        return hashes.contains(infoHash);
    }

    /// Whether any block matches.
    public boolean matches(Found found) {
        if (hashes.contains(found.entry().infoHash())) {
            return true;
        }
        if (others.isEmpty()) {
            return false; // Cutting names into words is not for nothing.
        }
        var text = TorrentText.of(found.entry());
        return others.stream().anyMatch(rule -> rule.matches(found, text));
    }

    /// Whether any block but one matches.
    public boolean matchesBeside(BlockRule one, Found found, TorrentText text) {
        var infoHash = found.entry().infoHash();
        boolean isNamed = hashes.contains(infoHash) && !one.equals(new BlockRule.Hash(infoHash));
        return isNamed
                || others.stream()
                        .filter(rule -> !rule.equals(one))
                        .anyMatch(rule -> rule.matches(found, text));
    }
}
