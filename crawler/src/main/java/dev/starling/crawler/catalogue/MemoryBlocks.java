package dev.starling.crawler.catalogue;

import dev.starling.crawler.catalogue.MemoryCatalogue.Row;
import dev.starling.id.Id;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;

/// The blocks of a [MemoryCatalogue], guarded by its lock.
final class MemoryBlocks implements Blocks {

    private final Object lock;
    private final NavigableMap<Id, Row> rows;
    private final InstantSource clock;
    private final SequencedMap<BlockRule, Block> inForce = new LinkedHashMap<>();
    private final List<AuditLine> log = new ArrayList<>();

    MemoryBlocks(Object lock, NavigableMap<Id, Row> rows, InstantSource clock) {
        this.lock = lock;
        this.rows = rows;
        this.clock = clock;
    }

    boolean matches(Found found, TorrentText text) {
        return inForce.keySet().stream().anyMatch(rule -> rule.matches(found, text));
    }

    private boolean matchesOther(BlockRule rule, Row row) {
        return inForce.keySet().stream()
                .filter(other -> !other.equals(rule))
                .anyMatch(other -> other.matches(row.found(), row.text()));
    }

    @Override
    public Preview preview(BlockRule rule, int examples) {
        synchronized (lock) {
            return preview(toHide(rule), examples);
        }
    }

    @Override
    public Preview previewLift(BlockRule rule, int examples) {
        synchronized (lock) {
            return preview(toBringBack(rule), examples);
        }
    }

    private static Preview preview(List<Row> rows, int examples) {
        var shown = rows.stream().limit(examples).map(row -> row.found().entry()).toList();
        return new Preview(rows.size(), shown);
    }

    private List<Row> toHide(BlockRule rule) {
        return rows.values().stream()
                .filter(row -> !row.isHidden() && rule.matches(row.found(), row.text()))
                .toList();
    }

    private List<Row> toBringBack(BlockRule rule) {
        return rows.values().stream()
                .filter(row -> inForce.containsKey(rule))
                .filter(row -> rule.matches(row.found(), row.text()) && !matchesOther(rule, row))
                .toList();
    }

    @Override
    public long add(BlockRule rule, Note note) {
        synchronized (lock) {
            if (inForce.containsKey(rule)) {
                return 0;
            }
            if (inForce.size() >= MAX_BLOCKS) {
                throw new IllegalArgumentException("there are " + MAX_BLOCKS + " blocks already");
            }
            var affected = toHide(rule);
            affected.forEach(row -> rows.put(row.found().entry().infoHash(), row.hidden(true)));
            inForce.put(rule, new Block(rule, clock.instant(), note));
            log(AuditLine.Action.ADDED, rule, affected.size(), note);
            return affected.size();
        }
    }

    @Override
    public long lift(BlockRule rule, Note note) {
        synchronized (lock) {
            if (!inForce.containsKey(rule)) {
                return 0;
            }
            var affected = toBringBack(rule);
            affected.forEach(row -> rows.put(row.found().entry().infoHash(), row.hidden(false)));
            inForce.remove(rule);
            log(AuditLine.Action.LIFTED, rule, affected.size(), note);
            return affected.size();
        }
    }

    private void log(AuditLine.Action action, BlockRule rule, long torrents, Note note) {
        log.add(new AuditLine(clock.instant(), action, rule, torrents, note));
    }

    @Override
    public List<Block> all() {
        synchronized (lock) {
            return List.copyOf(inForce.values());
        }
    }

    @Override
    public boolean isBlocked(Id infoHash) {
        synchronized (lock) {
            return inForce.containsKey(new BlockRule.Hash(infoHash));
        }
    }

    @Override
    public List<AuditLine> audit(int limit) {
        synchronized (lock) {
            return log.reversed().stream().limit(limit).toList();
        }
    }
}
